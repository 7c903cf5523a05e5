package dev.llmsim.gateway;

import io.netty.handler.codec.http.DefaultHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpVersion;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Iterator;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/** Makes the request head that goes upstream out of the one the client sent. Pure. */
final class UpstreamRequests {
    private UpstreamRequests() {}

    /**
     * What changes on the way.
     *
     * @param base the upstream's URL; its path goes before {@code target}
     * @param target path and query behind our own prefix
     * @param plainProxy the proxy that takes the request in absolute form, where there is one
     * @param continued whether the client was already told to go on sending, so that upstream need not
     */
    record Aim(URI base, String target, Optional<URI> plainProxy, boolean continued) {
        private String uri() {
            String path = base.getRawPath() == null ? "" : base.getRawPath();
            String full = (path.endsWith("/") ? path.substring(0, path.length() - 1) : path) + target;
            return plainProxy.isPresent() ? ServerAddress.of(base) + full : full;
        }
    }

    /** Header order, case and duplicates stay; {@code Host} is rewritten where it stands. */
    static HttpRequest of(HttpRequest client, Aim aim) {
        HttpHeaders headers = Wire.empty();
        String authority = ServerAddress.of(aim.base()).authority();
        if (!client.headers().contains(HttpHeaderNames.HOST)) {
            headers.add("Host", authority);
        }
        Predicate<String> endToEnd = HopByHop.endToEnd(client.headers());
        Predicate<String> kept = aim.continued() ? endToEnd.and(name -> !name.equals("expect")) : endToEnd;
        Iterator<Map.Entry<CharSequence, CharSequence>> lines = client.headers().iteratorCharSequence();
        while (lines.hasNext()) {
            Map.Entry<CharSequence, CharSequence> line = lines.next();
            boolean host = HttpHeaderNames.HOST.contentEqualsIgnoreCase(line.getKey());
            if (kept.test(line.getKey().toString().toLowerCase(Locale.ROOT))) {
                headers.add(line.getKey(), host ? authority : line.getValue());
            }
        }
        acceptTrailers(client.headers(), headers);
        aim.plainProxy().ifPresent(proxy -> authorize(proxy, headers));
        return new DefaultHttpRequest(HttpVersion.HTTP_1_1, client.method(), aim.uri(), headers);
    }

    /** {@code TE: trailers} speaks of one connection; we pass trailers on, so we may ask for them on ours. */
    private static void acceptTrailers(HttpHeaders client, HttpHeaders headers) {
        if (client.containsValue(HttpHeaderNames.TE, "trailers", true)) {
            headers.add("te", "trailers");
            headers.add("connection", "te");
        }
    }

    private static void authorize(URI proxy, HttpHeaders headers) {
        String userInfo = proxy.getRawUserInfo();
        if (userInfo != null) {
            String plain = UpstreamPipeline.part(userInfo, 0) + ":" + UpstreamPipeline.part(userInfo, 1);
            headers.add(
                    "proxy-authorization",
                    "Basic " + Base64.getEncoder().encodeToString(plain.getBytes(StandardCharsets.UTF_8)));
        }
    }
}
