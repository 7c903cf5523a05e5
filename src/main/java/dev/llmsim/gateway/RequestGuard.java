package dev.llmsim.gateway;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.Optional;

/** Refuses requests that are not valid HTTP, that another server might read differently, or that we cannot serve. Pure. */
final class RequestGuard {
    private final String boundHost;
    private final int maxHeadBytes;

    RequestGuard(String boundHost, int maxHeadBytes) {
        this.boundHost = boundHost;
        this.maxHeadBytes = maxHeadBytes;
    }

    /**
     * Why a request is not served.
     *
     * @param closes whether its connection cannot be used again, because the end of the request is in doubt
     */
    record Objection(int status, String message, boolean closes) {}

    /** The first objection to {@code request}, which came in on {@code local}. */
    Optional<Objection> objection(HttpRequest request, InetSocketAddress local) {
        if (request.decoderResult().isFailure()) {
            return Optional.of(undecodable(request.decoderResult().cause()));
        }
        return version(request)
                .or(() -> framing(request))
                .or(() -> host(request))
                .or(() -> method(request))
                .or(() -> target(request.uri(), local));
    }

    /** The objection to what the decoder could not read. */
    Objection undecodable(Throwable cause) {
        if (cause instanceof TooLongHttpLineException) {
            return new Objection(
                    414, "request line: longer than " + maxHeadBytes + " bytes (expected: a shorter URL)", true);
        }
        if (cause instanceof TooLongHttpHeaderException) {
            return new Objection(
                    431, "request headers: more than " + maxHeadBytes + " bytes (expected: fewer or shorter)", true);
        }
        return bad("request: not valid HTTP/1.1: " + cause.getMessage()
                + " (expected: a request as RFC 9112 defines it; correct the client)");
    }

    private static Optional<Objection> version(HttpRequest request) {
        HttpVersion version = request.protocolVersion();
        return version.equals(HttpVersion.HTTP_1_1) || version.equals(HttpVersion.HTTP_1_0)
                ? Optional.empty()
                : Optional.of(new Objection(505, "version: " + version + " (expected: HTTP/1.1)", true));
    }

    private static Optional<Objection> framing(HttpRequest request) {
        List<String> codings = request.headers().getAll(HttpHeaderNames.TRANSFER_ENCODING);
        List<String> lengths = request.headers().getAll(HttpHeaderNames.CONTENT_LENGTH);
        if (!codings.isEmpty() && !lengths.isEmpty()) {
            return Optional.of(bad("request: content-length and transfer-encoding together (expected: one of them)"));
        }
        if (lengths.size() > 1 || (lengths.size() == 1 && !lengths.get(0).matches("[0-9]{1,18}"))) {
            return Optional.of(bad("content-length: " + lengths + " (expected: one decimal number)"));
        }
        if (codings.isEmpty()) {
            return Optional.empty();
        }
        boolean plain = codings.size() == 1 && codings.get(0).trim().equalsIgnoreCase("chunked");
        if (!plain || request.protocolVersion().equals(HttpVersion.HTTP_1_0)) {
            return Optional.of(bad("transfer-encoding: " + codings + " (expected: chunked, once, in HTTP/1.1)"));
        }
        return Optional.empty();
    }

    private static Optional<Objection> host(HttpRequest request) {
        List<String> hosts = request.headers().getAll(HttpHeaderNames.HOST);
        if (hosts.isEmpty() && request.protocolVersion().equals(HttpVersion.HTTP_1_0)) {
            return Optional.empty();
        }
        if (hosts.size() != 1 || !hosts.get(0).matches("[A-Za-z0-9._~%!$&'()*+;=:\\[\\]-]+")) {
            return Optional.of(bad("host: " + hosts + " (expected: one Host header with a host and perhaps a port)"));
        }
        return Optional.empty();
    }

    private static Optional<Objection> method(HttpRequest request) {
        return request.method().equals(HttpMethod.CONNECT)
                ? Optional.of(new Objection(
                        405, "method: CONNECT (expected: a request to /NAME/...; this is not a forward proxy)", true))
                : Optional.empty();
    }

    private Optional<Objection> target(String target, InetSocketAddress local) {
        for (int i = 0; i < target.length(); i++) {
            char next = target.charAt(i);
            if (next <= ' ' || next >= 0x7f || next == '#') {
                return Optional.of(bad("request target: has a character that must be percent-encoded at position " + i
                        + " (expected: a path of printable ASCII)"));
            }
        }
        if (target.startsWith("/") || isOwn(target, local)) {
            return Optional.empty();
        }
        return Optional.of(bad("request target: " + shortened(target)
                + " (expected: a path that starts with /; this is not a forward proxy, use /NAME/... as base URL)"));
    }

    /** Whether an absolute target names this very server. */
    private boolean isOwn(String target, InetSocketAddress local) {
        try {
            URI uri = URI.create(target);
            String host = uri.getHost();
            int port = uri.getPort() < 0 ? 80 : uri.getPort();
            return "http".equalsIgnoreCase(uri.getScheme())
                    && host != null
                    && port == local.getPort()
                    && (host.equalsIgnoreCase("localhost")
                            || host.equalsIgnoreCase(boundHost)
                            || host.equals(local.getAddress().getHostAddress()));
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static String shortened(String text) {
        return text.length() <= 100 ? text : text.substring(0, 100) + "...";
    }

    private static Objection bad(String message) {
        return new Objection(400, message, true);
    }
}
