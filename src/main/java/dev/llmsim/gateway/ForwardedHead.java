package dev.llmsim.gateway;

import dev.llmsim.exchange.Framing;
import dev.llmsim.exchange.ResponseHead;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import java.util.Iterator;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;

/**
 * The head of an answer on its way from upstream to the client.
 *
 * @param response as upstream sent it
 * @param framing how upstream marks the end of the body
 */
record ForwardedHead(HttpResponse response, Framing framing) {

    /** The head of the answer to a request with {@code method}. */
    static ForwardedHead of(HttpResponse response, HttpMethod method) {
        if (isBodiless(response, method)) {
            return new ForwardedHead(response, Framing.LENGTH);
        }
        if (HttpUtil.isTransferEncodingChunked(response)) {
            return new ForwardedHead(response, Framing.CHUNKED);
        }
        boolean length = response.headers().contains(HttpHeaderNames.CONTENT_LENGTH);
        return new ForwardedHead(response, length || response.status().code() == 205 ? Framing.LENGTH : Framing.CLOSE);
    }

    /** Whether nothing follows {@code response} to a request with {@code method}, whatever it announces. */
    static boolean isBodiless(HttpResponse response, HttpMethod method) {
        int status = response.status().code();
        return method.equals(HttpMethod.HEAD) || status == 204 || status == 304;
    }

    /** The value of {@code content-length}, or -1. */
    long declaredBytes() {
        try {
            return HttpUtil.getContentLength(response, -1L);
        } catch (NumberFormatException e) {
            return -1;
        }
    }

    /** Whether upstream's connection can serve another request after this answer. */
    boolean keepsUpstream() {
        return framing != Framing.CLOSE && HttpUtil.isKeepAlive(response);
    }

    /** Whether the end of the body shows without closing the client's connection. */
    boolean endsByItself(boolean http11) {
        return framing == Framing.LENGTH || (framing == Framing.CHUNKED && http11);
    }

    /** The head as it is recorded: all end-to-end headers. */
    ResponseHead captured() {
        Predicate<String> kept = HopByHop.endToEnd(response.headers());
        return new ResponseHead(
                response.status().code(),
                response.status().reasonPhrase(),
                Wire.headers(response.headers(), kept.and(name -> !name.equals("transfer-encoding"))));
    }

    /** The head as the client gets it; {@code http11} tells whether it understands chunks. */
    HttpResponse toClient(boolean http11) {
        Predicate<String> endToEnd = HopByHop.endToEnd(response.headers());
        Predicate<String> kept = http11 ? endToEnd : endToEnd.and(name -> !name.equals("transfer-encoding"));
        HttpHeaders headers = Wire.empty();
        Iterator<Map.Entry<CharSequence, CharSequence>> lines =
                response.headers().iteratorCharSequence();
        while (lines.hasNext()) {
            Map.Entry<CharSequence, CharSequence> line = lines.next();
            if (kept.test(line.getKey().toString().toLowerCase(Locale.ROOT))) {
                headers.add(line.getKey(), line.getValue());
            }
        }
        return new DefaultHttpResponse(HttpVersion.HTTP_1_1, response.status(), headers);
    }
}
