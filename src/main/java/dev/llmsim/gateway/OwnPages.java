package dev.llmsim.gateway;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.llmsim.exchange.Bytes;
import dev.llmsim.exchange.Headers;
import dev.llmsim.provider.Dialect;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.util.NetUtil;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Map;
import java.util.Optional;

/** The gateway's own pages: {@code /health} and {@code /llmsim/stats}. */
final class OwnPages {
    private static final JsonFactory JSON = new JsonFactory();

    /** Its letter case does not matter (RFC 9110, section 11.1). */
    private static final String SCHEME = "Bearer ";

    private final GatewayConfig config;
    private final GatewayParts parts;

    OwnPages(GatewayConfig config, GatewayParts parts) {
        this.config = config;
        this.parts = parts;
    }

    /** Whether {@code target} is for the people who run this gateway, so that no page of another origin may read it. */
    static boolean isPrivate(String target) {
        return target.equals("/llmsim") || target.startsWith("/llmsim/");
    }

    /** The answer to a request for {@code path} by {@code client}; empty where that is not a path of ours. */
    Optional<OwnAnswer> answer(HttpRequest request, String path, InetSocketAddress client) {
        if (path.equals("/health")) {
            return Optional.of(onlyGet(request).orElseGet(this::health));
        }
        if (!isPrivate(path)) {
            return Optional.empty();
        }
        return Optional.of(forbidden(request, client)
                .or(() -> path.equals("/llmsim/stats") ? onlyGet(request) : Optional.of(unknown(path)))
                .orElseGet(this::stats));
    }

    private Optional<OwnAnswer> onlyGet(HttpRequest request) {
        HttpMethod method = request.method();
        return method.equals(HttpMethod.GET) || method.equals(HttpMethod.HEAD)
                ? Optional.empty()
                : Optional.of(
                        error(405, "method: " + method + " (expected: GET)").with(Headers.of("allow", "GET, HEAD")));
    }

    /** A page elsewhere may have rebound its own name to this address: then {@code Host} is that name. */
    private Optional<OwnAnswer> forbidden(HttpRequest request, InetSocketAddress client) {
        String host = hostOf(request);
        boolean ours = host.isEmpty()
                || host.equalsIgnoreCase("localhost")
                || host.equalsIgnoreCase(config.host())
                || NetUtil.isValidIpV4Address(host)
                || NetUtil.isValidIpV6Address(host);
        if (!ours) {
            return Optional.of(error(
                    403,
                    "host: " + host
                            + " (expected: localhost, an address, or the --host that llmsim was started with)"));
        }
        return client.getAddress().isLoopbackAddress() ? Optional.empty() : withoutToken(request);
    }

    /** The refusal of a request from another machine, unless it brings the token. */
    private Optional<OwnAnswer> withoutToken(HttpRequest request) {
        if (config.adminToken().isEmpty()) {
            return Optional.of(error(
                    403,
                    "/llmsim: asked for from another machine, and this gateway has no token for that (expected: to be"
                            + " asked on its own machine; or start llmsim with --admin-token or LLMSIM_ADMIN_TOKEN)"));
        }
        return holdsToken(request)
                ? Optional.empty()
                : Optional.of(error(
                                401,
                                "/llmsim: asked for from another machine without the token (expected: authorization:"
                                        + " Bearer TOKEN, with what llmsim was given as --admin-token or"
                                        + " LLMSIM_ADMIN_TOKEN)")
                        .with(Headers.of("www-authenticate", "Bearer realm=\"llmsim\"")));
    }

    private boolean holdsToken(HttpRequest request) {
        String given = request.headers().get(HttpHeaderNames.AUTHORIZATION, "");
        return given.regionMatches(true, 0, SCHEME, 0, SCHEME.length())
                && MessageDigest.isEqual(
                        config.adminToken().getBytes(StandardCharsets.UTF_8),
                        given.substring(SCHEME.length()).strip().getBytes(StandardCharsets.UTF_8));
    }

    private static String hostOf(HttpRequest request) {
        String host = request.headers().get(HttpHeaderNames.HOST);
        if (host == null) {
            return "";
        }
        if (host.startsWith("[")) {
            return host.substring(1, Math.max(1, host.indexOf(']')));
        }
        int colon = host.indexOf(':');
        return colon < 0 ? host : host.substring(0, colon);
    }

    private OwnAnswer unknown(String path) {
        return error(404, "path: " + path + " (expected: /llmsim/stats)");
    }

    private OwnAnswer error(int status, String message) {
        return new Refusals(parts.envelopes()).of(Dialect.RAW, status, message);
    }

    private OwnAnswer health() {
        return OwnAnswer.json(200, write(json -> {
            json.writeStringField("status", "ok");
            json.writeStringField("service", "llmsim");
            json.writeStringField("version", config.version());
            json.writeStringField("mode", parts.decider().mode().id());
        }));
    }

    private OwnAnswer stats() {
        return OwnAnswer.json(200, write(json -> {
            json.writeStringField("mode", parts.decider().mode().id());
            TrafficPage.write(parts.counters().traffic().snapshot(), json);
            for (Map.Entry<String, Long> count : parts.counters().snapshot().entrySet()) {
                json.writeNumberField(count.getKey(), count.getValue());
            }
        }));
    }

    private interface Fields {
        void write(JsonGenerator json) throws IOException;
    }

    private static Bytes write(Fields fields) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (JsonGenerator json = JSON.createGenerator(out)) {
            json.writeStartObject();
            fields.write(json);
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException("writing JSON to memory failed", e);
        }
        return Bytes.wrap(out.toByteArray());
    }
}
