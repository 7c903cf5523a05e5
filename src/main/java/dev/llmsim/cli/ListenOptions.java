package dev.llmsim.cli;

import dev.llmsim.exchange.ErrorCode;
import dev.llmsim.exchange.LlmSimException;
import dev.llmsim.gateway.GatewayConfig;
import dev.llmsim.gateway.Limits;
import java.time.Duration;
import picocli.CommandLine.Option;

/** Where the gateway listens, how it stops and what it prints. */
final class ListenOptions {
    @Option(
            names = "--host",
            paramLabel = "HOST",
            defaultValue = "127.0.0.1",
            description = "Address to listen on (default: ${DEFAULT-VALUE}).")
    String host = "127.0.0.1";

    @Option(
            names = {"-p", "--port"},
            paramLabel = "PORT",
            defaultValue = "8080",
            description = "Port to listen on; 0 takes a free one (default: ${DEFAULT-VALUE}).")
    private int port = 8080;

    @Option(
            names = "--admin-token",
            paramLabel = "TOKEN",
            defaultValue = "",
            description = {
                "What /llmsim/* asks of clients on other machines: authorization: Bearer TOKEN. Without one they are refused.",
                "Rather set LLMSIM_ADMIN_TOKEN: other users of this machine can read its processes' options."
            })
    String adminToken = "";

    @Option(
            names = "--drain",
            paramLabel = "DURATION",
            defaultValue = "10s",
            converter = Quantities.DurationConverter.class,
            description = "How long open streams may go on after SIGTERM (default: ${DEFAULT-VALUE}).")
    Duration drain = Duration.ofSeconds(10);

    @Option(
            names = "--max-request",
            paramLabel = "SIZE",
            defaultValue = "64MB",
            converter = Quantities.BytesConverter.class,
            description = "Largest request that is matched; larger ones are answered 413 (default: ${DEFAULT-VALUE}).")
    long maxRequestBytes = 64L << 20;

    @Option(
            names = "--max-websocket-connections",
            paramLabel = "N",
            defaultValue = "100",
            description = "How many WebSockets may be open; more are refused with 503 (default: ${DEFAULT-VALUE}).")
    private int maxWebSockets = Limits.DEFAULT_WEB_SOCKETS;

    @Option(names = "--quiet", description = "No line on stderr for each request.")
    boolean quiet;

    GatewayConfig configure() {
        if (port < 0 || port > 65535) {
            throw new LlmSimException(
                    ErrorCode.USAGE, "--port: " + port + " (expected: 0 to 65535, where 0 takes a free port)");
        }
        if (!adminToken.matches("[!-~]*")) {
            throw new LlmSimException(
                    ErrorCode.USAGE,
                    "--admin-token: has a space or another character that no header can carry (expected: printable"
                            + " ASCII; choose another, for example from 'openssl rand -hex 24')");
        }
        if (maxWebSockets < 0) {
            throw new LlmSimException(
                    ErrorCode.USAGE, "--max-websocket-connections: " + maxWebSockets + " (expected: 0 or more)");
        }
        return GatewayConfig.at(host, port)
                .withAdminToken(adminToken)
                .withLimits(Limits.DEFAULT.withMaxWebSockets(maxWebSockets));
    }
}
