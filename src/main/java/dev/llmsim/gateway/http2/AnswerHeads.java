package dev.llmsim.gateway.http2;

import dev.llmsim.exchange.ConnectionFields;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.util.AsciiString;
import java.util.Iterator;
import java.util.Map;
import java.util.Set;

/** Makes header blocks of the heads and trailers of HTTP/1.1 answers: in order, without what is said of one connection alone. Pure. */
final class AnswerHeads {
    private static final Set<String> DROPPED = ConnectionFields.and("http2-settings");

    private AnswerHeads() {}

    static Http2Headers of(HttpResponse head) {
        Http2Headers block = new DefaultHttp2Headers(false);
        block.status(head.status().codeAsText());
        return add(head.headers(), block);
    }

    static Http2Headers ofTrailers(HttpHeaders trailers) {
        return add(trailers, new DefaultHttp2Headers(false));
    }

    private static Http2Headers add(HttpHeaders headers, Http2Headers block) {
        Set<String> declared = ConnectionFields.declared(headers.getAll(HttpHeaderNames.CONNECTION));
        Iterator<Map.Entry<CharSequence, CharSequence>> lines = headers.iteratorCharSequence();
        while (lines.hasNext()) {
            Map.Entry<CharSequence, CharSequence> line = lines.next();
            AsciiString name = AsciiString.of(line.getKey()).toLowerCase();
            String plain = name.toString();
            if (!DROPPED.contains(plain) && !declared.contains(plain)) {
                block.add(name, AsciiString.of(line.getValue()).trim());
            }
        }
        return block;
    }
}
