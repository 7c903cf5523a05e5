package dev.llmsim.gateway;

import dev.llmsim.exchange.ConnectionFields;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Tells the headers of one connection from those of the whole way (RFC 9110, section 7.6.1). Framing headers ({@code
 * content-length}, {@code transfer-encoding}) count as end-to-end here: the gateway keeps the framing.
 */
final class HopByHop {
    /** With the fields by which two connections agree on a protocol, and by which a client and its own proxy agree. */
    private static final Set<String> ALWAYS =
            ConnectionFields.and("http2-settings", "proxy-authenticate", "proxy-authorization");

    /** What travels on in any case: a {@code Connection} header cannot remove it, whoever names it there. */
    private static final Set<String> FRAMING_AND_TARGET = Set.of("host", "content-length", "transfer-encoding");

    /** Our own namespace: neither sent upstream nor believed when it comes from there. */
    static final String OWN_PREFIX = "x-llmsim-";

    private HopByHop() {}

    /** Accepts the lower-case names of the headers of {@code message} that travel on, except our own namespace. */
    static Predicate<String> endToEnd(HttpHeaders message) {
        Set<String> declared = ConnectionFields.declared(message.getAll(HttpHeaderNames.CONNECTION));
        return name -> FRAMING_AND_TARGET.contains(name)
                || (!ALWAYS.contains(name) && !declared.contains(name) && !name.startsWith(OWN_PREFIX));
    }
}
