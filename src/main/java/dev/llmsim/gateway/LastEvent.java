package dev.llmsim.gateway;

import dev.llmsim.exchange.Bytes;
import dev.llmsim.exchange.Frame;
import dev.llmsim.provider.framing.Terminators;
import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The beginning of the last server-sent event of an answer so far, which tells whether a client has had all of it. */
final class LastEvent {
    /** More than the longest line that names the type of an event that ends a stream. */
    private static final int KEPT_BYTES = 64;

    private final byte[] start = new byte[KEPT_BYTES];
    private int startBytes;
    private int lineEnds;

    private LastEvent() {}

    /** That of an answer with {@code headers}; null where it is no event stream that can be read as it passes. */
    static @Nullable LastEvent in(HttpHeaders headers) {
        String type = headers.get(HttpHeaderNames.CONTENT_TYPE, "").toLowerCase(Locale.ROOT);
        boolean coded = headers.contains(HttpHeaderNames.CONTENT_ENCODING);
        return type.startsWith("text/event-stream") && !coded ? new LastEvent() : null;
    }

    /** Takes note of {@code bytes}, and leaves them as they are. */
    void read(ByteBuf bytes) {
        bytes.forEachByte(this::read);
    }

    private boolean read(byte next) {
        if (next == '\n') {
            lineEnds++;
        } else if (next != '\r') {
            if (lineEnds > 1) {
                startBytes = 0;
            }
            lineEnds = 0;
        }
        if (startBytes < KEPT_BYTES) {
            start[startBytes++] = next;
        }
        return true;
    }

    /** Whether it is whole, and one after which nothing follows. */
    boolean endsTheStream() {
        Bytes event = Bytes.utf8(new String(start, 0, startBytes, StandardCharsets.ISO_8859_1) + "\n\n");
        return lineEnds > 1 && Terminators.end(List.of(new Frame(0, event)));
    }
}
