package dev.llmsim.gateway;

import dev.llmsim.exchange.Bytes;
import dev.llmsim.exchange.Header;
import dev.llmsim.exchange.Headers;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;

/**
 * An answer of the gateway itself: a page, a refusal, an error.
 *
 * @param closes whether the connection is closed after it
 */
record OwnAnswer(int status, Headers headers, Bytes body, boolean closes) {
    static OwnAnswer of(int status, Headers headers, Bytes body) {
        return new OwnAnswer(status, headers, body, false);
    }

    static OwnAnswer json(int status, Bytes body) {
        return of(status, Headers.of("content-type", "application/json"), body);
    }

    OwnAnswer with(Headers more) {
        Headers all = headers;
        for (Header line : more) {
            all = all.with(line.name(), line.value());
        }
        return new OwnAnswer(status, all, body, closes);
    }

    /** The same, after which the connection is closed. */
    OwnAnswer closing() {
        return new OwnAnswer(status, headers, body, true);
    }

    FullHttpResponse response() {
        HttpHeaders lines = Wire.headers(headers);
        if (status != 204) {
            lines.set(HttpHeaderNames.CONTENT_LENGTH, body.length());
        }
        lines.set("x-llmsim-source", "gateway");
        return new DefaultFullHttpResponse(
                HttpVersion.HTTP_1_1,
                HttpResponseStatus.valueOf(status),
                Wire.buffer(body),
                lines,
                new DefaultHttpHeaders());
    }
}
