package dev.llmsim.provider.coding.zstd;

import java.io.IOException;
import java.util.Arrays;

/** The code of literals (RFC 8878, section 4.2). */
final class HuffmanTable {
    private static final int MAX_BITS = 11;
    private static final int MAX_WEIGHTS = 255;
    private static final int DIRECT = 128;
    private static final FseTable.Limits WEIGHT_LIMITS = new FseTable.Limits(6, MAX_BITS + 1);

    private final int maxBits;
    private final byte[] symbols;
    private final byte[] bitCounts;

    private HuffmanTable(int maxBits) {
        this.maxBits = maxBits;
        symbols = new byte[1 << maxBits];
        bitCounts = new byte[1 << maxBits];
    }

    /** Where a description has led to. */
    record Described(HuffmanTable table, int end) {}

    static Described read(byte[] bytes, int from) throws IOException {
        int header = bytes[from] & 0xff;
        int[] weights = new int[MAX_WEIGHTS + 1];
        if (header < DIRECT) {
            int end = from + 1 + header;
            return new Described(of(weights, compressed(bytes, from + 1, end, weights)), end);
        }
        int count = header - DIRECT + 1;
        for (int i = 0; i < count; i++) {
            int pair = bytes[from + 1 + i / 2] & 0xff;
            weights[i] = i % 2 == 0 ? pair >> 4 : pair & 15;
        }
        return new Described(of(weights, count), from + 1 + (count + 1) / 2);
    }

    /** Two states take turns until the bits are used up; what the other state then stands for comes last. */
    private static int compressed(byte[] bytes, int from, int end, int[] weights) throws IOException {
        FseTable.Described described = FseTable.read(bytes, from, WEIGHT_LIMITS);
        FseTable table = described.table();
        BackwardBits bits = new BackwardBits(bytes, described.end(), end);
        int state = table.first(bits);
        int other = table.first(bits);
        int count = 0;
        while (bits.left() >= 0) {
            if (count >= MAX_WEIGHTS - 1) {
                throw new IOException("zstd: more weights than symbols");
            }
            weights[count++] = table.symbol(state);
            int next = table.next(state, bits);
            state = other;
            other = next;
        }
        weights[count++] = table.symbol(state);
        return count;
    }

    /** The last symbol's weight is not stated: it makes the sum of all a power of 2. */
    private static HuffmanTable of(int[] weights, int count) throws IOException {
        int sum = 0;
        for (int i = 0; i < count; i++) {
            sum += weights[i] == 0 ? 0 : 1 << (weights[i] - 1);
        }
        int maxBits = 32 - Integer.numberOfLeadingZeros(sum);
        int rest = (1 << maxBits) - sum;
        if (sum == 0 || maxBits > MAX_BITS || Integer.bitCount(rest) != 1) {
            throw new IOException("zstd: weights of literals that make no code");
        }
        weights[count] = Integer.numberOfTrailingZeros(rest) + 1;
        HuffmanTable table = new HuffmanTable(maxBits);
        table.fill(weights, count + 1);
        return table;
    }

    private void fill(int[] weights, int count) {
        int at = 0;
        for (int weight = 1; weight <= maxBits; weight++) {
            for (int symbol = 0; symbol < count; symbol++) {
                if (weights[symbol] == weight) {
                    int end = at + (1 << (weight - 1));
                    Arrays.fill(symbols, at, end, (byte) symbol);
                    Arrays.fill(bitCounts, at, end, (byte) (maxBits + 1 - weight));
                    at = end;
                }
            }
        }
    }

    /** Decodes the whole of {@code bits} into {@code target}. */
    void decode(BackwardBits bits, byte[] target, int from, int to) throws IOException {
        for (int i = from; i < to; i++) {
            int entry = bits.peek(maxBits);
            target[i] = symbols[entry];
            bits.skip(bitCounts[entry]);
        }
        if (bits.left() != 0) {
            throw new IOException("zstd: literals that do not use up their bits");
        }
    }
}
