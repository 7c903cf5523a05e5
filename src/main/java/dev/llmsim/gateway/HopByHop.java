package dev.llmsim.gateway;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Tells the headers of one connection from those of the whole way (RFC 9110, section 7.6.1). Framing headers ({@code
 * content-length}, {@code transfer-encoding}) count as end-to-end here: the gateway keeps the framing.
 */
final class HopByHop {
    private static final Set<String> ALWAYS = Set.of(
            "connection",
            "proxy-connection",
            "keep-alive",
            "te",
            "upgrade",
            "http2-settings",
            "proxy-authenticate",
            "proxy-authorization");

    /** What a {@code Connection} header cannot remove, whoever names it there. */
    private static final Set<String> NEVER = Set.of("host", "content-length", "transfer-encoding");

    /** Our own namespace: neither sent upstream nor believed when it comes from there. */
    static final String OWN_PREFIX = "x-llmsim-";

    private HopByHop() {}

    /** Accepts the lower-case names of the headers of {@code message} that travel on, except our own namespace. */
    static Predicate<String> endToEnd(HttpHeaders message) {
        Set<String> listed = listed(message);
        return name -> !ALWAYS.contains(name) && !listed.contains(name) && !name.startsWith(OWN_PREFIX);
    }

    private static Set<String> listed(HttpHeaders message) {
        if (!message.contains(HttpHeaderNames.CONNECTION)) {
            return Set.of();
        }
        Set<String> names = new HashSet<>();
        for (String value : message.getAll(HttpHeaderNames.CONNECTION)) {
            for (String name : value.split(",")) {
                names.add(name.trim().toLowerCase(Locale.ROOT));
            }
        }
        names.removeAll(NEVER);
        return names;
    }
}
