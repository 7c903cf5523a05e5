package dev.llmsim.provider.coding.stream;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;

/**
 * Coded bytes, taken from their source only when the last of those that it had given out before are used up. So a decoder that asks for no
 * more than it needs knows at each of its output bytes which read of the source made that byte available.
 */
public final class CodedInput {
    private static final int BUFFER_BYTES = 8192;

    private final InputStream source;
    private final byte[] buffer = new byte[BUFFER_BYTES];
    private int at;
    private int limit;

    /** @param source gives out, at each read, what it has; blocks for more only when it has none */
    public CodedInput(InputStream source) {
        this.source = source;
    }

    /** The next byte, or -1 at the end. */
    public int read() throws IOException {
        return at < limit || fill() ? buffer[at++] & 0xff : -1;
    }

    /** The next byte. */
    public int next() throws IOException {
        int next = read();
        if (next < 0) {
            throw new EOFException("the coded bytes end before their end mark");
        }
        return next;
    }

    /** The next {@code count} bytes. */
    public byte[] next(int count) throws IOException {
        byte[] bytes = new byte[count];
        int done = 0;
        while (done < count) {
            done += readSome(bytes, done, count - done);
        }
        return bytes;
    }

    /** The next {@code byteCount} bytes (at most 8) as a little-endian number. */
    public long littleEndian(int byteCount) throws IOException {
        long number = 0;
        for (int i = 0; i < byteCount; i++) {
            number |= (long) next() << (8 * i);
        }
        return number;
    }

    /** What can be had without blocking, at least one byte and at most {@code length}. */
    public int readSome(byte[] target, int from, int length) throws IOException {
        if (at == limit && !fill()) {
            throw new EOFException("the coded bytes end before their end mark");
        }
        int count = Math.min(length, limit - at);
        System.arraycopy(buffer, at, target, from, count);
        at += count;
        return count;
    }

    /** Passes over {@code count} bytes. */
    public void skip(long count) throws IOException {
        long left = count;
        while (left > 0) {
            if (at == limit && !fill()) {
                throw new EOFException("the coded bytes end before their end mark");
            }
            int here = (int) Math.min(left, limit - at);
            at += here;
            left -= here;
        }
    }

    /** How many bytes there are before the source has to be asked for more. */
    public int buffered() {
        return limit - at;
    }

    private boolean fill() throws IOException {
        int count = source.read(buffer, 0, BUFFER_BYTES);
        while (count == 0) {
            count = source.read(buffer, 0, BUFFER_BYTES);
        }
        at = 0;
        limit = Math.max(0, count);
        return count > 0;
    }
}
