package dev.llmsim.gateway.playback;

import dev.llmsim.gateway.connection.Cors;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;

/** What the form of an answer depends on in the request. */
record Asker(boolean isHead, boolean isHttp10, boolean keepsAlive, boolean isPage) {
    static Asker of(HttpRequest request) {
        return new Asker(
                request.method().equals(HttpMethod.HEAD),
                request.protocolVersion().compareTo(HttpVersion.HTTP_1_1) < 0,
                HttpUtil.isKeepAlive(request),
                Cors.isFromPage(request));
    }
}
