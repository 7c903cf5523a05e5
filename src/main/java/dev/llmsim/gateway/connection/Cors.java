package dev.llmsim.gateway.connection;

import dev.llmsim.exchange.Headers;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;

/**
 * What browsers ask before a page may call another origin. Preflights are answered here; answers that do not come from
 * upstream permit every page. A forwarded answer carries what upstream says and nothing else: it stays as it was.
 */
public final class Cors {
    private Cors() {}

    /** Whether {@code request} is the question before a page's request. */
    public static boolean isPreflight(HttpRequest request) {
        return request.method().equals(HttpMethod.OPTIONS)
                && request.headers().contains(HttpHeaderNames.ORIGIN)
                && request.headers().contains(HttpHeaderNames.ACCESS_CONTROL_REQUEST_METHOD);
    }

    /** Permits what a preflight asks for, and everything where it names nothing. */
    public static Headers preflight(HttpHeaders asked) {
        Headers permitted = Headers.of(
                "access-control-allow-origin", "*",
                "access-control-allow-methods", value(asked, "access-control-request-method"),
                "access-control-allow-headers", value(asked, "access-control-request-headers"),
                "access-control-max-age", "600",
                "vary", "origin, access-control-request-method, access-control-request-headers");
        return asked.contains("access-control-request-private-network")
                ? permitted.with("access-control-allow-private-network", "true")
                : permitted;
    }

    private static String value(HttpHeaders headers, String name) {
        String value = headers.get(name);
        return value == null ? "*" : value;
    }

    /** Whether a page sent {@code request}. */
    public static boolean isFromPage(HttpRequest request) {
        return request.headers().contains(HttpHeaderNames.ORIGIN);
    }

    /** Lets every page read an answer with these {@code headers}, unless they say who may. */
    public static void permit(HttpHeaders headers) {
        if (!headers.contains(HttpHeaderNames.ACCESS_CONTROL_ALLOW_ORIGIN)) {
            headers.set(HttpHeaderNames.ACCESS_CONTROL_ALLOW_ORIGIN, "*");
            headers.set(HttpHeaderNames.ACCESS_CONTROL_EXPOSE_HEADERS, "*");
        }
    }
}
