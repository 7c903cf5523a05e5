package dev.llmsim.gateway;

import io.netty.handler.codec.http.HttpHeaders;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;

/**
 * What may stand behind a request's body. Fields that say where a message goes, how it is framed, read or authorised must not
 * come as trailers (RFC 9110, section 6.5.1): a server that merges them would take another request for the one it checked.
 */
final class RequestTrailers {
    private static final Set<String> FORBIDDEN = Set.of(
            "authorization",
            "cache-control",
            "content-encoding",
            "content-length",
            "content-range",
            "content-type",
            "cookie",
            "expect",
            "forwarded",
            "host",
            "max-forwards",
            "pragma",
            "range",
            "trailer",
            "transfer-encoding");

    private RequestTrailers() {}

    /** Takes out of {@code trailers} what must not be there. */
    static void clean(HttpHeaders trailers) {
        Predicate<String> endToEnd = HopByHop.endToEnd(trailers);
        for (String name : List.copyOf(trailers.names())) {
            String plain = name.toLowerCase(Locale.ROOT);
            boolean forbidden =
                    FORBIDDEN.contains(plain) || plain.startsWith("if-") || plain.startsWith("x-forwarded-");
            if (forbidden || !endToEnd.test(plain)) {
                trailers.remove(name);
            }
        }
    }
}
