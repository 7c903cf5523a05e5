package dev.llmsim.mode;

import dev.llmsim.exchange.Bytes;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The same comparison for AWS event streams, whose messages state their lengths and checksums: a message in which something
 * was redacted has others than the original. Layout: total length (4), headers length (4), checksum (4), headers and payload,
 * checksum (4); source: {@code application/vnd.amazon.eventstream}.
 */
final class EventStreamSpans {
    private static final int PRELUDE_BYTES = 12;
    private static final int CHECKSUM_BYTES = 4;

    private EventStreamSpans() {}

    /** Whether both bodies are whole event streams that are equal outside the redacted spans. */
    static boolean equal(Bytes redacted, Bytes original) {
        Optional<List<Bytes>> one = messages(redacted);
        Optional<List<Bytes>> other = messages(original);
        if (one.isEmpty() || other.isEmpty() || one.get().size() != other.get().size()) {
            return false;
        }
        for (int i = 0; i < one.get().size(); i++) {
            if (!equalMessages(one.get().get(i), other.get().get(i))) {
                return false;
            }
        }
        return true;
    }

    private static boolean equalMessages(Bytes redacted, Bytes original) {
        return redacted.equals(original) || Spans.equal(content(redacted), content(original));
    }

    /** Headers and payload. */
    private static String content(Bytes message) {
        Bytes content = message.slice(PRELUDE_BYTES, message.length() - CHECKSUM_BYTES);
        return new String(content.toArray(), StandardCharsets.ISO_8859_1);
    }

    private static Optional<List<Bytes>> messages(Bytes body) {
        List<Bytes> messages = new ArrayList<>();
        ByteBuffer bytes = body.asByteBuffer();
        int at = 0;
        while (at < body.length()) {
            int length = body.length() - at < PRELUDE_BYTES ? 0 : bytes.getInt(at);
            if (length < PRELUDE_BYTES + CHECKSUM_BYTES || length > body.length() - at) {
                return Optional.empty();
            }
            messages.add(body.slice(at, at + length));
            at += length;
        }
        return Optional.of(messages);
    }
}
