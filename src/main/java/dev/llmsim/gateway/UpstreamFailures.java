package dev.llmsim.gateway;

import io.netty.channel.ConnectTimeoutException;
import io.netty.handler.proxy.ProxyConnectException;
import io.netty.handler.ssl.SslHandshakeTimeoutException;
import java.net.UnknownHostException;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** Words what went wrong on the way to an upstream. */
final class UpstreamFailures {
    private UpstreamFailures() {}

    /** {@code next} is the proxy, where there is one, else the origin itself. */
    static UpstreamFailure of(Origin origin, Origin next, @Nullable Throwable thrown) {
        Throwable cause = tunnelFailureIn(thrown);
        String upstream = "upstream " + origin + ": ";
        String reason = cause == null ? "unknown cause" : String.valueOf(cause.getMessage());
        if (cause instanceof UnknownHostException) {
            return UpstreamFailure.unreachable(upstream + "the name " + next.host()
                    + " does not resolve (expected: a known host; check the URL given with --upstream, and DNS)");
        }
        if (cause instanceof ConnectTimeoutException) {
            return UpstreamFailure.silent(upstream + "connecting to " + next + " took too long: " + reason
                    + " (expected: an open port; check the URL, the network and the proxy settings)");
        }
        if (cause instanceof SslHandshakeTimeoutException) {
            return UpstreamFailure.silent(
                    upstream + "the TLS handshake took too long: " + reason + " (expected: a server that speaks TLS)");
        }
        if (cause instanceof ProxyConnectException) {
            return reason.contains("timeout")
                    ? UpstreamFailure.silent(upstream + "the proxy " + next + " did not answer CONNECT in time")
                    : UpstreamFailure.unreachable(upstream + "the proxy " + next + " refused CONNECT: " + reason
                            + " (check HTTPS_PROXY and its credentials)");
        }
        if (cause instanceof SSLException) {
            return UpstreamFailure.unreachable(upstream + "TLS failed: " + deepest(cause)
                    + " (expected: a certificate for this host from a trusted authority; a private authority is trusted"
                    + " when its PEM file is given as extra CA)");
        }
        return UpstreamFailure.unreachable(upstream + "cannot connect to " + next + ": " + reason
                + " (expected: a listening server; check the URL given with --upstream and that it runs)");
    }

    /** A handshake inside a tunnel fails because the tunnel did: then that is what went wrong. */
    private static @Nullable Throwable tunnelFailureIn(@Nullable Throwable thrown) {
        for (Throwable at = thrown; at != null; at = at.getCause()) {
            if (at instanceof ProxyConnectException) {
                return at;
            }
        }
        return thrown;
    }

    private static String deepest(Throwable cause) {
        Throwable deepest = cause;
        while (deepest.getCause() != null && deepest.getCause() != deepest) {
            deepest = deepest.getCause();
        }
        return String.valueOf(deepest.getMessage());
    }
}
