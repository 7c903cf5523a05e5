package dev.llmsim.mode;

import dev.llmsim.exchange.Headers;
import dev.llmsim.exchange.Request;
import dev.llmsim.provider.Dialect;
import dev.llmsim.provider.Upstream;
import java.net.URI;
import java.util.Locale;
import java.util.Optional;

/**
 * The decision to pass a request on to its upstream, or why that cannot be done. The only place where a request is ever
 * forwarded; it cannot be made for a mode that does not connect.
 */
final class Forwarding {
    private final Mode mode;
    private final Routing routing;

    Forwarding(Mode mode, Routing routing) {
        if (!mode.connects()) {
            throw new IllegalArgumentException("mode: " + mode.id() + " (expected: one that connects to upstreams)");
        }
        this.mode = mode;
        this.routing = routing;
    }

    /** Needs only the head of {@code request}. */
    Decision decide(Request request) {
        Optional<Upstream> upstream = routing.byName().apply(request.upstream());
        if (upstream.isEmpty()) {
            return refuse(404, request, unknown(request.upstream()));
        }
        Optional<URI> base = upstream.get().base();
        if (base.isEmpty()) {
            return refuse(502, request, baseless(request.upstream()));
        }
        if (isSigned(request, routing.dialectOf(request))) {
            return refuse(400, request, signed(base.get()));
        }
        return new Decision.Forward(upstream.get(), mode.writes());
    }

    /**
     * Whether the request carries an AWS signature (Signature Version 4: in the {@code authorization} header or in the query).
     * It covers the host that the client was told, so it is void at any other.
     */
    private static boolean isSigned(Request request, Dialect dialect) {
        String authorization =
                request.headers().first("authorization").orElse("").strip().toLowerCase(Locale.ROOT);
        boolean dated = dialect == Dialect.BEDROCK && request.headers().contains("x-amz-date");
        return authorization.startsWith("aws4-")
                || (dated && !authorization.startsWith("bearer "))
                || request.query().contains("X-Amz-Signature=");
    }

    private static String signed(URI base) {
        return "the request carries an AWS signature (SigV4), which covers the host it was made for: forwarded to "
                + base.getHost() + " it would be refused as forged. Expected: a bearer key (AWS_BEARER_TOKEN_BEDROCK),"
                + " which is passed on; replay takes signed requests, too.";
    }

    private static String baseless(String name) {
        return "upstream " + name + " has no URL (expected: one given at the start). Start llmsim with --upstream "
                + name + "=https://HOST.";
    }

    private static String unknown(String name) {
        return "upstream " + name + " is not known. Start llmsim with --upstream " + name + "=URL.";
    }

    private Decision refuse(int status, Request request, String message) {
        return new Decision.Refuse(new Refusal(
                status,
                routing.dialectOf(request),
                "llmsim " + mode.id() + ": " + message,
                Headers.of("x-should-retry", "false")));
    }
}
