package dev.llmsim.provider.coding.zstd;

/** Bits from the lowest of a byte to its highest. */
final class ForwardBits {
    private final byte[] bytes;
    private long position;

    ForwardBits(byte[] bytes, int from) {
        this.bytes = bytes;
        this.position = from * 8L;
    }

    int read(int count) {
        int value = 0;
        for (int i = 0; i < count; i++, position++) {
            value |= ((bytes[(int) (position >>> 3)] >> (position & 7)) & 1) << i;
        }
        return value;
    }

    /** The index after the last byte of which a bit was read. */
    int end() {
        return (int) ((position + 7) >>> 3);
    }
}
