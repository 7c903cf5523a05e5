package dev.llmsim.provider.coding;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** A decoded stream that gives out no more than so many bytes. */
final class BoundedStream extends FilterInputStream {
    private long leftBytes;

    BoundedStream(InputStream decoded, long maxBytes) {
        super(decoded);
        this.leftBytes = maxBytes;
    }

    /** It would decode to more. */
    static final class TooLargeException extends IOException {
        private static final long serialVersionUID = 1;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] target, int from, int length) throws IOException {
        int count = in.read(target, from, length);
        leftBytes -= Math.max(0, count);
        if (leftBytes < 0) {
            throw new TooLargeException();
        }
        return count;
    }
}
