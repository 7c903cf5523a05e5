package dev.llmsim.cli;

import dev.llmsim.exchange.ErrorCode;
import dev.llmsim.exchange.LlmSimException;
import dev.llmsim.gateway.GatewayConfig;
import dev.llmsim.gateway.Proxies;
import dev.llmsim.gateway.Timeouts;
import dev.llmsim.gateway.UpstreamTls;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How upstreams are reached: TLS and patience. */
final class UpstreamOptions {
    @Option(
            names = "--ca",
            paramLabel = "FILE",
            description = "PEM file with further certificate authorities to trust.")
    @Nullable
    Path ca;

    @Option(names = "--client-cert", paramLabel = "FILE", description = "PEM file with a client certificate chain.")
    @Nullable
    Path clientCert;

    @Option(
            names = "--client-key",
            paramLabel = "FILE",
            description = "PEM file with the key of --client-cert (PKCS#8).")
    @Nullable
    Path clientKey;

    @Option(
            names = "--connect-timeout",
            paramLabel = "DURATION",
            defaultValue = "10s",
            converter = Quantities.DurationConverter.class,
            description = "For connecting, and again for the TLS handshake (default: ${DEFAULT-VALUE}).")
    Duration connectTimeout = Duration.ofSeconds(10);

    @Option(
            names = "--first-byte-timeout",
            paramLabel = "DURATION",
            defaultValue = "10m",
            converter = Quantities.DurationConverter.class,
            description = "From the last byte of the request to the first of the answer (default: ${DEFAULT-VALUE}).")
    Duration firstByteTimeout = Duration.ofMinutes(10);

    @Option(
            names = "--idle-timeout",
            paramLabel = "DURATION",
            defaultValue = "5m",
            converter = Quantities.DurationConverter.class,
            description = "Between two reads of an answer (default: ${DEFAULT-VALUE}).")
    Duration idleTimeout = Duration.ofMinutes(5);

    /** {@code config} with timeouts, TLS files, and the proxies that {@code environment} names. */
    GatewayConfig configure(GatewayConfig config, Map<String, String> environment) {
        try {
            Timeouts timeouts = config.timeouts()
                    .withConnect(connectTimeout)
                    .withHandshake(connectTimeout)
                    .withFirstByte(firstByteTimeout)
                    .withIdle(idleTimeout);
            return config.withTimeouts(timeouts)
                    .withTls(new UpstreamTls(ca, clientCert, clientKey))
                    .withProxies(Proxies.of(
                            variable(environment, "HTTP_PROXY"),
                            variable(environment, "HTTPS_PROXY"),
                            variable(environment, "NO_PROXY")));
        } catch (IllegalArgumentException e) {
            throw new LlmSimException(ErrorCode.USAGE, String.valueOf(e.getMessage()), e);
        }
    }

    private static String variable(Map<String, String> environment, String name) {
        String lower = environment.getOrDefault(name.toLowerCase(Locale.ROOT), "");
        return lower.isBlank() ? environment.getOrDefault(name, "") : lower;
    }
}
