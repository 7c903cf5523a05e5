package dev.llmsim.provider.coding.zstd;

import java.io.IOException;

/** A bit stream that is read from its last bit to its first; its last byte's highest set bit marks the end (RFC 8878, section 4.1). */
final class BackwardBits {
    private final byte[] bytes;
    private final int from;
    /** How many bits are left; negative after reading past the first: those bits are 0. */
    private int left;

    BackwardBits(byte[] bytes, int from, int to) throws IOException {
        if (to <= from || bytes[to - 1] == 0) {
            throw new IOException("zstd: a bit stream without its end mark");
        }
        this.bytes = bytes;
        this.from = from;
        int padding = Integer.numberOfLeadingZeros(bytes[to - 1] & 0xff) - 23;
        this.left = (to - from) * 8 - padding;
    }

    int left() {
        return left;
    }

    /** Up to 32 bits. */
    int read(int count) {
        left -= count;
        return bits(left, count);
    }

    /** The same bits as {@link #read}, which are not used up. */
    int peek(int count) {
        return bits(left - count, count);
    }

    void skip(int count) {
        left -= count;
    }

    private int bits(int position, int count) {
        if (position < 0) {
            int missing = -position;
            return missing >= count ? 0 : bits(0, count - missing) << missing;
        }
        long value = 0;
        int index = from + (position >>> 3);
        int shift = position & 7;
        for (int got = 0; got < shift + count; got += 8) {
            value |= (bytes[index++] & 0xffL) << got;
        }
        return (int) ((value >>> shift) & ((1L << count) - 1));
    }
}
