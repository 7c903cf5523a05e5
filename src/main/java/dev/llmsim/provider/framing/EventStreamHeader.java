package dev.llmsim.provider.framing;

import dev.llmsim.exchange.Bytes;
import java.util.Objects;

/**
 * One header of an AWS event-stream message.
 *
 * @param name 1 to 255 bytes of UTF-8
 * @param type the value's type on the wire, 0 to 9 ({@link #STRING} is text)
 * @param value the value's bytes without a length prefix
 */
public record EventStreamHeader(String name, int type, Bytes value) {
    /** Text with a length of two bytes. */
    public static final int STRING = 7;

    /** Bytes of values of each type; -1: two bytes of length go before them. */
    private static final int[] VALUE_BYTES = {0, 0, 1, 2, 4, 8, -1, -1, 8, 16};

    public EventStreamHeader {
        Objects.requireNonNull(value);
        if (type < 0 || type >= VALUE_BYTES.length) {
            throw new IllegalArgumentException("type: " + type + " (expected: 0 to " + (VALUE_BYTES.length - 1) + ")");
        }
        int bytes = VALUE_BYTES[type];
        if (bytes >= 0 ? value.length() != bytes : value.length() > 0xffff) {
            throw new IllegalArgumentException(
                    "value: " + value.length() + " bytes (expected: what type " + type + " can hold)");
        }
    }

    /** A header with text. */
    public static EventStreamHeader text(String name, String value) {
        return new EventStreamHeader(name, STRING, Bytes.utf8(value));
    }

    /** Bytes of a value of {@code type}, or -1 where a length is written before it. */
    static int valueBytes(int type) {
        return VALUE_BYTES[type];
    }

    static boolean isType(int type) {
        return type >= 0 && type < VALUE_BYTES.length;
    }

    public EventStreamHeader withValue(Bytes newValue) {
        return new EventStreamHeader(name, type, newValue);
    }
}
