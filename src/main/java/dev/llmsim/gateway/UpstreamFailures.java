package dev.llmsim.gateway;

import io.netty.channel.ConnectTimeoutException;
import io.netty.handler.proxy.ProxyConnectException;
import io.netty.handler.ssl.SslHandshakeTimeoutException;
import java.net.UnknownHostException;
import java.time.Duration;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** Words what went wrong on the way to an upstream. */
final class UpstreamFailures {
    private UpstreamFailures() {}

    /** {@code peer} is the proxy, where it is that one that failed, else the origin itself. */
    static UpstreamFailure of(ServerAddress origin, ServerAddress peer, @Nullable Throwable thrown) {
        Throwable cause = rootOf(thrown);
        String upstream = "upstream " + origin + ": ";
        String reason = cause == null ? "unknown cause" : String.valueOf(cause.getMessage());
        if (cause instanceof UnknownHostException) {
            return UpstreamFailure.unreachable(upstream + "the name " + peer.host()
                    + " does not resolve (expected: a known host; check the URL given with --upstream, and DNS)");
        }
        if (cause instanceof ConnectTimeoutException) {
            return UpstreamFailure.silent(upstream + "connecting to " + peer + " took too long: " + reason
                    + " (expected: an open port; check the URL, the network and the proxy settings)");
        }
        if (cause instanceof SslHandshakeTimeoutException) {
            return UpstreamFailure.silent(upstream + "the TLS handshake with " + named(origin, peer)
                    + " took too long: " + reason + " (expected: a server that speaks TLS)");
        }
        if (cause instanceof ProxyConnectException) {
            return proxy(upstream, peer, reason);
        }
        if (cause instanceof SSLException) {
            return tls(origin, peer, cause);
        }
        return UpstreamFailure.unreachable(upstream + "cannot connect to " + peer + ": " + reason
                + " (expected: a listening server; check the URL given with --upstream and that it runs)");
    }

    /** A 407 is meant for us, not for the client: it is the proxy that asks (RFC 9110, section 15.5.8). */
    static UpstreamFailure unauthorized(ServerAddress origin, ServerAddress proxy) {
        return UpstreamFailure.unreachable("upstream " + origin + ": the proxy " + proxy
                + " wants credentials, or other ones (407; expected: user and password that it knows; give them in"
                + " HTTP_PROXY as http://USER:PASSWORD@HOST:PORT)");
    }

    /** A kept connection ended before anything came back on it. */
    static UpstreamFailure stale(ServerAddress origin) {
        return UpstreamFailure.unreachable("upstream " + origin
                + ": it closed a connection that was kept open for reuse, just as this request was sent on it"
                + " (it is not known whether it saw the request; send it again if that is safe)");
    }

    static UpstreamFailure undecodable(ServerAddress origin, String flaw) {
        return UpstreamFailure.unreachable("upstream " + origin + ": what it sent is not valid HTTP/1.1: " + flaw
                + " (expected: an HTTP server; check the scheme and port of the URL)");
    }

    /** The request was sent, and no head came within {@code limit}. */
    static UpstreamFailure noAnswer(ServerAddress origin, Duration limit) {
        return UpstreamFailure.silent("upstream " + origin + ": " + limit.toMillis()
                + " ms passed without an answer (expected: a first byte by then)");
    }

    /** Upstream stopped taking the request for {@code limit}. */
    static UpstreamFailure nothingTaken(ServerAddress origin, Duration limit) {
        return UpstreamFailure.silent("upstream " + origin + ": " + limit.toMillis()
                + " ms passed without it taking more of the request (expected: some of it taken by then)");
    }

    private static UpstreamFailure proxy(String upstream, ServerAddress peer, String reason) {
        if (reason.contains("timeout")) {
            return UpstreamFailure.silent(upstream + "the proxy " + peer
                    + " did not answer CONNECT in time (expected: a proxy; check HTTPS_PROXY)");
        }
        return UpstreamFailure.unreachable(
                reason.contains("disconnected")
                        ? upstream + "the proxy " + peer
                                + " closed the connection instead of answering CONNECT (expected: a proxy; check"
                                + " HTTPS_PROXY)"
                        : upstream + "the proxy " + peer + " refused CONNECT: " + reason
                                + " (check HTTPS_PROXY and its credentials)");
    }

    private static UpstreamFailure tls(ServerAddress origin, ServerAddress peer, Throwable cause) {
        String what = peer.equals(origin) ? "TLS failed: " : "TLS with " + named(origin, peer) + " failed: ";
        String reason = deepest(cause);
        return UpstreamFailure.unreachable("upstream " + origin + ": " + what + reason + remedy(reason));
    }

    /** An upstream that got no certificate of ours may say no more than that the handshake failed. */
    private static String remedy(String reason) {
        String give = "give one with --client-cert and --client-key)";
        if (reason.contains("alert") && reason.contains("certificate")) {
            return " (expected: a client certificate that it accepts; " + give;
        }
        if (reason.contains("alert") && reason.contains("handshake_failure")) {
            return " (expected: a version and a cipher of TLS that both sides know, and a client certificate where it demands"
                    + " one: " + give;
        }
        return " (expected: a certificate for this host from a trusted authority; a private authority is trusted when its PEM"
                + " file is given as extra CA)";
    }

    private static String named(ServerAddress origin, ServerAddress peer) {
        return peer.equals(origin) ? peer.toString() : "the proxy " + peer;
    }

    /** What is wrapped: by a decoder, or by the tunnel that waited for TLS with its proxy. */
    private static @Nullable Throwable rootOf(@Nullable Throwable thrown) {
        Throwable root = thrown;
        for (Throwable at = thrown; at != null && !(root instanceof SSLException); at = at.getCause()) {
            if (at instanceof ProxyConnectException || at instanceof SSLException) {
                root = at;
            }
        }
        return root;
    }

    private static String deepest(Throwable cause) {
        Throwable deepest = cause;
        while (deepest.getCause() != null && deepest.getCause() != deepest) {
            deepest = deepest.getCause();
        }
        return String.valueOf(deepest.getMessage());
    }
}
