package dev.llmsim.gateway;

import dev.llmsim.exchange.Bytes;
import dev.llmsim.exchange.ErrorCode;
import dev.llmsim.exchange.Headers;
import dev.llmsim.exchange.LlmSimException;
import dev.llmsim.gateway.connection.Cors;
import dev.llmsim.provider.Dialect;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.util.NetUtil;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The gateway's own pages: {@code /health}, and what is below {@code /llmsim/} for those who run it. */
final class OwnPages {
    static final String HEALTH = "/health";

    /** The longest body that a page takes. */
    static final int MAX_BODY_BYTES = 64 << 10;

    private static final Logger LOG = LoggerFactory.getLogger(OwnPages.class);

    /** Its letter case does not matter (RFC 9110, section 11.1). */
    private static final String SCHEME = "Bearer ";

    private final GatewayConfig config;
    private final Refusals refusals;
    private final List<OwnPage> pages;

    OwnPages(GatewayConfig config, GatewayParts parts) {
        this.config = config;
        this.refusals = new Refusals(parts.envelopes());
        this.pages = List.of(
                new HealthPage(config.version(), parts.decider().mode().id()),
                new StatsPage(parts),
                new SessionsPage(parts),
                new FaultsPage(parts));
    }

    /** Whether {@code target} is for the people who run this gateway, so that no page of another origin may read it. */
    static boolean isPrivate(String target) {
        return target.equals("/llmsim") || target.startsWith("/llmsim/");
    }

    /**
     * One request for a page.
     *
     * @param takesBody whether the page is to be asked when the body is there; else at once
     * @param answer to this body
     */
    record Visit(boolean takesBody, Function<Bytes, OwnAnswer> answer) {
        private static Visit refused(OwnAnswer refusal) {
            return new Visit(false, body -> refusal);
        }
    }

    /** What a request for {@code path} by {@code client} comes to; empty where that is not a path of ours. */
    Optional<Visit> visit(HttpRequest request, String path, InetSocketAddress client) {
        if (!path.equals(HEALTH) && !isPrivate(path)) {
            return Optional.empty();
        }
        if (path.equals(HEALTH) && request.method().equals(HttpMethod.OPTIONS)) {
            return Optional.of(Visit.refused(OwnAnswer.of(200, Cors.preflight(request.headers()), Bytes.EMPTY)));
        }
        Optional<OwnAnswer> forbidden = isPrivate(path) ? forbidden(request, client) : Optional.empty();
        return Optional.of(forbidden.map(Visit::refused).orElseGet(() -> visit(request, path)));
    }

    /** The answer to a body that is too long. */
    OwnAnswer tooLong() {
        return error(413, "request body: longer than " + MAX_BODY_BYTES + " bytes (expected: less)")
                .closing();
    }

    private Visit visit(HttpRequest request, String path) {
        String method = request.method().equals(HttpMethod.HEAD)
                ? HttpMethod.GET.name()
                : request.method().name();
        for (OwnPage page : pages) {
            List<String> methods = page.methods(path);
            if (methods.contains(method)) {
                boolean takesBody = !method.equals("GET") && !method.equals("DELETE");
                return new Visit(
                        takesBody, body -> answer(page, new OwnPage.Asked(method, path, query(request.uri()), body)));
            }
            if (!methods.isEmpty()) {
                return Visit.refused(wrongMethod(request.method(), methods));
            }
        }
        return Visit.refused(unknown(path));
    }

    private static String query(String target) {
        int query = target.indexOf('?');
        return query < 0 ? "" : target.substring(query + 1);
    }

    private OwnAnswer answer(OwnPage page, OwnPage.Asked asked) {
        try {
            return page.answer(asked);
        } catch (LlmSimException e) {
            if (e.code() == ErrorCode.USAGE) {
                return error(400, String.valueOf(e.getMessage()));
            }
            return broken(asked, e);
        } catch (RuntimeException e) {
            return broken(asked, e);
        }
    }

    private OwnAnswer broken(OwnPage.Asked asked, RuntimeException cause) {
        LOG.error("{} {} failed", asked.method(), asked.path(), cause);
        return error(500, "llmsim failed while it answered this; its log says why (please report it)");
    }

    private OwnAnswer wrongMethod(HttpMethod method, List<String> methods) {
        List<String> allowed = new ArrayList<>(methods);
        if (allowed.contains("GET")) {
            allowed.add("HEAD");
        }
        return error(405, "method: " + method + " (expected: " + String.join(" or ", methods) + ")")
                .with(Headers.of("allow", String.join(", ", allowed)));
    }

    /** Why {@code request} may not see or change what is private; empty where it may. */
    private Optional<OwnAnswer> forbidden(HttpRequest request, InetSocketAddress client) {
        return atForeignHost(request)
                .or(() -> fromForeignPage(request))
                .or(() -> client.getAddress().isLoopbackAddress() ? Optional.empty() : withoutToken(request));
    }

    /** A page of another origin may not read answers from here, but its browser would send what it makes up. */
    private Optional<OwnAnswer> fromForeignPage(HttpRequest request) {
        String origin = request.headers().get(HttpHeaderNames.ORIGIN);
        boolean reads =
                request.method().equals(HttpMethod.GET) || request.method().equals(HttpMethod.HEAD);
        if (reads || origin == null) {
            return Optional.empty();
        }
        int scheme = origin.indexOf("://");
        String authority = scheme < 0 ? origin : origin.substring(scheme + 3);
        return authority.equalsIgnoreCase(request.headers().get(HttpHeaderNames.HOST))
                ? Optional.empty()
                : Optional.of(error(403, "origin: " + origin + " (expected: no page, or one of this gateway)"));
    }

    /** A page elsewhere may have rebound its own name to this address: then {@code Host} is that name. */
    private Optional<OwnAnswer> atForeignHost(HttpRequest request) {
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
        return Optional.empty();
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
        return error(
                404,
                "path: " + path + " (expected: "
                        + pages.stream().map(OwnPage::place).collect(Collectors.joining(", ")) + ")");
    }

    private OwnAnswer error(int status, String message) {
        return refusals.of(Dialect.RAW, status, message);
    }
}
