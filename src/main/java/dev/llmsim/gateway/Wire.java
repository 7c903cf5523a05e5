package dev.llmsim.gateway;

import dev.llmsim.exchange.Bytes;
import dev.llmsim.exchange.Header;
import dev.llmsim.exchange.Headers;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultHttpHeadersFactory;
import io.netty.handler.codec.http.HttpHeaders;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** Turns the library's headers and buffers into our words, and back. */
final class Wire {
    private Wire() {}

    /** The lines of {@code headers} whose lower-case name {@code keep} accepts, in their order. */
    static Headers headers(HttpHeaders headers, Predicate<String> keep) {
        List<Header> lines = new ArrayList<>(headers.size());
        Iterator<Map.Entry<CharSequence, CharSequence>> all = headers.iteratorCharSequence();
        while (all.hasNext()) {
            Map.Entry<CharSequence, CharSequence> line = all.next();
            Header header = new Header(line.getKey().toString(), line.getValue().toString());
            if (keep.test(header.lowerCaseName())) {
                lines.add(header);
            }
        }
        return Headers.of(lines);
    }

    /** Headers that were checked already, or are our own. */
    static HttpHeaders empty() {
        return DefaultHttpHeadersFactory.headersFactory().withValidation(false).newHeaders();
    }

    static HttpHeaders headers(Headers lines) {
        HttpHeaders headers = empty();
        for (Header line : lines) {
            headers.add(line.name(), line.value());
        }
        return headers;
    }

    /** A copy of what is readable. */
    static Bytes copy(ByteBuf buffer) {
        return Bytes.wrap(ByteBufUtil.getBytes(buffer));
    }

    /** A buffer over {@code bytes}, without a copy. */
    static ByteBuf buffer(Bytes bytes) {
        return Unpooled.wrappedBuffer(bytes.asByteBuffer());
    }
}
