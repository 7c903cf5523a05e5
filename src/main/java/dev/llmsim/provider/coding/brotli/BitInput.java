package dev.llmsim.provider.coding.brotli;

import dev.llmsim.provider.coding.stream.CodedInput;
import java.io.IOException;

/** Bits from the lowest of a byte to its highest. Takes a byte from its source only when one of its bits is needed. */
final class BitInput {
    private final CodedInput in;
    private long bits;
    private int count;

    BitInput(CodedInput in) {
        this.in = in;
    }

    /** The next bits, up to 32, the first of them lowest. */
    int read(int bitCount) throws IOException {
        need(bitCount);
        int value = (int) (bits & ((1L << bitCount) - 1));
        drop(bitCount);
        return value;
    }

    boolean flag() throws IOException {
        return read(1) == 1;
    }

    /** A number from 1 to 256 in few bits where it is small (RFC 7932, section 9.2, "NBLTYPES"). */
    int smallCount() throws IOException {
        if (!flag()) {
            return 1;
        }
        int extraBits = read(3);
        return (1 << extraBits) + read(extraBits) + 1;
    }

    /** Makes sure that so many bits are {@link #loaded}. */
    void need(int bitCount) throws IOException {
        while (count < bitCount) {
            bits |= (long) in.next() << count;
            count += 8;
        }
    }

    /** The bits that were taken from the source and not used up, the next one lowest; above them zeros. */
    long loaded() {
        return bits;
    }

    int loadedCount() {
        return count;
    }

    void drop(int bitCount) {
        bits >>>= bitCount;
        count -= bitCount;
    }

    /** Passes over the rest of a byte, which must be zeros. */
    void align() throws IOException {
        if (read(count & 7) != 0) {
            throw new IOException("brotli: padding that is not zeros");
        }
    }
}
