package dev.llmsim.bench;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;

/**
 * Reads the answers on one connection, one after the other: what the status is, whether all came that the framing announced, and
 * when each server-sent event did. All events of one read came at the same time. Keeps no buffer. Not thread-safe.
 */
final class AnswerReader {
    private static final int HEAD_BYTES = 16 * 1024;
    private static final int STATUS_FROM = 9;
    private static final int STATUS_TO = 12;
    private static final int HEX = 16;

    private enum Part {
        HEAD,
        LENGTH,
        CHUNK_SIZE,
        CHUNK,
        CHUNK_END,
        TRAILERS,
        WHOLE
    }

    private final byte[] headBytes = new byte[HEAD_BYTES];
    private long[] eventNanos = new long[128];
    private int headLength;
    private String head = "";
    private Part part = Part.WHOLE;
    private long left;
    private int lineLength;
    private boolean afterLineEnd;
    private long headNanos;
    private long bodyBytes;
    private int events;

    /** The next byte begins an answer. */
    void expect() {
        part = Part.HEAD;
        headLength = 0;
        bodyBytes = 0;
        events = 0;
        afterLineEnd = false;
    }

    /**
     * Reads what came at {@code nowNanos}.
     *
     * @return whether the answer is whole now
     * @throws IllegalStateException where this is no HTTP/1.1
     */
    boolean read(ByteBuf in, long nowNanos) {
        while (in.isReadable() && part != Part.WHOLE) {
            switch (part) {
                case HEAD -> readHead(in, nowNanos);
                case LENGTH -> readLength(in);
                case CHUNK_SIZE -> readChunkSize(in);
                case CHUNK -> readChunk(in, nowNanos);
                case CHUNK_END -> readChunkEnd(in);
                case TRAILERS -> readTrailers(in);
                case WHOLE -> throw new IllegalStateException("unreachable");
            }
        }
        if (in.isReadable()) {
            throw new IllegalStateException(in.readableBytes() + " bytes after the end of an answer (expected: none)");
        }
        return part == Part.WHOLE;
    }

    int status() {
        return head.length() < STATUS_TO ? 0 : Integer.parseInt(head, STATUS_FROM, STATUS_TO, 10);
    }

    /** The value of a header by its name in lower case; empty where there is none. */
    String header(String name) {
        int at = head.indexOf("\r\n" + name + ": ");
        if (at < 0) {
            return "";
        }
        int from = at + name.length() + 4;
        return head.substring(from, head.indexOf("\r\n", from));
    }

    long headNanos() {
        return headNanos;
    }

    long bodyBytes() {
        return bodyBytes;
    }

    int events() {
        return events;
    }

    /** When each event came. */
    long[] eventNanos() {
        return Arrays.copyOf(eventNanos, events);
    }

    private void readHead(ByteBuf in, long nowNanos) {
        while (in.isReadable()) {
            if (headLength == HEAD_BYTES) {
                throw new IllegalStateException("a head of more than " + HEAD_BYTES + " bytes (expected: fewer)");
            }
            byte next = in.readByte();
            headBytes[headLength++] = next;
            if (next == '\n' && headLength >= 4 && headBytes[headLength - 3] == '\n') {
                begin(nowNanos);
                return;
            }
        }
    }

    private void begin(long nowNanos) {
        headNanos = nowNanos;
        head = new String(headBytes, 0, headLength, StandardCharsets.ISO_8859_1).toLowerCase(Locale.ROOT);
        if (header("transfer-encoding").equals("chunked")) {
            beginChunkSize();
            return;
        }
        left = Long.parseLong(header("content-length"));
        part = left == 0 ? Part.WHOLE : Part.LENGTH;
    }

    private void readLength(ByteBuf in) {
        int bytes = (int) Math.min(left, in.readableBytes());
        in.skipBytes(bytes);
        bodyBytes += bytes;
        left -= bytes;
        part = left == 0 ? Part.WHOLE : Part.LENGTH;
    }

    private void beginChunkSize() {
        part = Part.CHUNK_SIZE;
        left = 0;
    }

    private void readChunkSize(ByteBuf in) {
        while (in.isReadable()) {
            byte next = in.readByte();
            if (next == '\n') {
                part = left == 0 ? Part.TRAILERS : Part.CHUNK;
                lineLength = 0;
                return;
            }
            if (next != '\r') {
                left = left * HEX + digit(next);
            }
        }
    }

    private static int digit(byte character) {
        int digit = Character.digit(character, HEX);
        if (digit < 0) {
            throw new IllegalStateException("chunk size: byte " + character + " (expected: a hexadecimal digit)");
        }
        return digit;
    }

    private void readChunk(ByteBuf in, long nowNanos) {
        int bytes = (int) Math.min(left, in.readableBytes());
        countEvents(in, in.readerIndex() + bytes, nowNanos);
        bodyBytes += bytes;
        left -= bytes;
        if (left == 0) {
            part = Part.CHUNK_END;
            left = 2;
        }
    }

    private void readChunkEnd(ByteBuf in) {
        int bytes = (int) Math.min(left, in.readableBytes());
        in.skipBytes(bytes);
        left -= bytes;
        if (left == 0) {
            beginChunkSize();
        }
    }

    private void readTrailers(ByteBuf in) {
        while (in.isReadable()) {
            byte next = in.readByte();
            if (next == '\n' && lineLength == 0) {
                part = Part.WHOLE;
                return;
            }
            lineLength = next == '\n' ? 0 : lineLength + (next == '\r' ? 0 : 1);
        }
    }

    /** An event ends with an empty line, which may lie in two chunks. */
    private void countEvents(ByteBuf in, int to, long nowNanos) {
        int at = in.readerIndex();
        while (at < to) {
            if (afterLineEnd && in.getByte(at) == '\n') {
                event(nowNanos);
                afterLineEnd = false;
                at++;
                continue;
            }
            int lineEnd = in.indexOf(at, to, (byte) '\n');
            afterLineEnd = lineEnd >= 0;
            at = lineEnd < 0 ? to : lineEnd + 1;
        }
        in.readerIndex(to);
    }

    private void event(long nowNanos) {
        if (events == eventNanos.length) {
            eventNanos = Arrays.copyOf(eventNanos, 2 * events);
        }
        eventNanos[events++] = nowNanos;
    }
}
