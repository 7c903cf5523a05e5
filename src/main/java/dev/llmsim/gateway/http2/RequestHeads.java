package dev.llmsim.gateway.http2;

import io.netty.handler.codec.DecoderResult;
import io.netty.handler.codec.http.DefaultHttpHeadersFactory;
import io.netty.handler.codec.http.DefaultHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.netty.handler.codec.http2.Http2Headers;
import java.util.Map;

/**
 * Makes of a request's header block the head that the same request would have in HTTP/1.1 (RFC 9113, section 8.3.1). What has no
 * such form is a head of which the decoding failed. Pure.
 */
final class RequestHeads {
    private static final String BAD_REQUEST = "/bad-request";

    private final int maxHeadBytes;

    /** @param maxHeadBytes the longest path, and the most bytes of other headers */
    RequestHeads(int maxHeadBytes) {
        this.maxHeadBytes = maxHeadBytes;
    }

    /** The head of a request with {@code block}; {@code bodiless} says that nothing follows it. */
    HttpRequest of(Http2Headers block, boolean bodiless) {
        try {
            return valid(block, bodiless);
        } catch (IllegalArgumentException e) {
            HttpRequest broken = new DefaultHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.GET, BAD_REQUEST);
            broken.setDecoderResult(DecoderResult.failure(e));
            return broken;
        }
    }

    private HttpRequest valid(Http2Headers block, boolean bodiless) {
        HttpHeaders headers = DefaultHttpHeadersFactory.headersFactory().newHeaders();
        CharSequence authority = block.authority();
        if (authority != null) {
            headers.add(HttpHeaderNames.HOST, authority);
        }
        int bytes = 0;
        for (Map.Entry<CharSequence, CharSequence> line : block) {
            if (!isPseudo(line.getKey())) {
                bytes += line.getKey().length() + line.getValue().length();
                add(headers, line.getKey(), line.getValue());
            }
        }
        if (!bodiless && !headers.contains(HttpHeaderNames.CONTENT_LENGTH)) {
            headers.set(HttpHeaderNames.TRANSFER_ENCODING, HttpHeaderValues.CHUNKED);
        }
        HttpRequest head = new DefaultHttpRequest(HttpVersion.HTTP_1_1, method(block), path(block), headers);
        if (head.uri().length() > maxHeadBytes) {
            head.setDecoderResult(DecoderResult.failure(new TooLongHttpLineException(":path is too long")));
        } else if (bytes > maxHeadBytes) {
            head.setDecoderResult(DecoderResult.failure(new TooLongHttpHeaderException("headers are too long")));
        }
        return head;
    }

    /** A Host that says the same as {@code :authority} is that one; crumbs of a cookie are one cookie (section 8.2.3). */
    private static void add(HttpHeaders headers, CharSequence name, CharSequence value) {
        boolean known = HttpHeaderNames.HOST.contentEquals(name) || HttpHeaderNames.COOKIE.contentEquals(name);
        String before = known ? headers.get(name) : null;
        if (before == null) {
            headers.add(name, value);
        } else if (HttpHeaderNames.COOKIE.contentEquals(name)) {
            headers.set(name, before + "; " + value);
        } else if (!before.contentEquals(value)) {
            headers.add(name, value);
        }
    }

    private static HttpMethod method(Http2Headers block) {
        return HttpMethod.valueOf(String.valueOf(block.method()));
    }

    /** {@code CONNECT} has none. */
    private static String path(Http2Headers block) {
        return String.valueOf(block.path() == null ? block.authority() : block.path());
    }

    private static boolean isPseudo(CharSequence name) {
        return name.length() > 0 && name.charAt(0) == ':';
    }
}
