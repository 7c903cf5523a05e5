package dev.llmsim.provider.media;

import java.io.ByteArrayOutputStream;

/** Bits, the lowest of each byte first. */
final class BitOutput {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private int pending;
    private int pendingBits;

    /** The lowest {@code count} bits of {@code value}, the lowest first. */
    void write(int value, int count) {
        for (int i = 0; i < count; i++) {
            pending |= (value >> i & 1) << pendingBits;
            if (++pendingBits == Byte.SIZE) {
                flush();
            }
        }
    }

    /** A prefix code of {@code count} bits, its highest first. */
    void code(int value, int count) {
        for (int i = count - 1; i >= 0; i--) {
            write(value >> i, 1);
        }
    }

    byte[] toByteArray() {
        if (pendingBits > 0) {
            flush();
        }
        return bytes.toByteArray();
    }

    private void flush() {
        bytes.write(pending);
        pending = 0;
        pendingBits = 0;
    }
}
