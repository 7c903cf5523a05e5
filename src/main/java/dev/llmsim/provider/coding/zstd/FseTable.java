package dev.llmsim.provider.coding.zstd;

import java.io.IOException;

/** A finite state entropy decoding table (RFC 8878, section 4.1). */
final class FseTable {
    private static final int MIN_ACCURACY = 5;

    private final int accuracyBits;
    private final byte[] symbols;
    private final byte[] bitCounts;
    private final short[] baselines;

    private FseTable(int accuracyBits) {
        this.accuracyBits = accuracyBits;
        int size = 1 << accuracyBits;
        symbols = new byte[size];
        bitCounts = new byte[size];
        baselines = new short[size];
    }

    /** A table that gives {@code symbol} for ever. */
    static FseTable of(int symbol) {
        FseTable table = new FseTable(0);
        table.symbols[0] = (byte) symbol;
        return table;
    }

    /** {@code probabilities}: of each symbol, in units of the table's size; -1: less than one unit. */
    static FseTable of(int accuracyBits, int... probabilities) throws IOException {
        FseTable table = new FseTable(accuracyBits);
        table.spread(probabilities);
        return table;
    }

    /** Where a description has led to. */
    record Described(FseTable table, int end) {}

    /** What a description may hold. */
    record Limits(int accuracyBits, int maxSymbol) {}

    /** The table that is described in {@code bytes} from {@code from}. */
    static Described read(byte[] bytes, int from, Limits limits) throws IOException {
        ForwardBits bits = new ForwardBits(bytes, from);
        int accuracy = bits.read(4) + MIN_ACCURACY;
        if (accuracy > limits.accuracyBits()) {
            throw new IOException("zstd: accuracy " + accuracy + " (expected: at most " + limits.accuracyBits() + ")");
        }
        int[] probabilities = new int[limits.maxSymbol() + 1];
        int remaining = 1 << accuracy;
        int symbol = 0;
        while (remaining > 0) {
            int probability = probability(bits, remaining);
            remaining -= Math.abs(probability);
            probabilities[symbol++] = probability;
            if (probability == 0) {
                symbol += zeros(bits);
            }
        }
        return new Described(of(accuracy, probabilities), bits.end());
    }

    /** A number from 0 to {@code remaining + 1}, of which the smaller ones take a bit less; less 1. */
    private static int probability(ForwardBits bits, int remaining) {
        int width = 32 - Integer.numberOfLeadingZeros(remaining + 1);
        int shorter = (1 << width) - 1 - (remaining + 1);
        int low = bits.read(width - 1);
        if (low < shorter) {
            return low - 1;
        }
        int value = low + (bits.read(1) << (width - 1));
        return (value >= 1 << (width - 1) ? value - shorter : value) - 1;
    }

    private static int zeros(ForwardBits bits) {
        int total = 0;
        int more = bits.read(2);
        while (more == 3) {
            total += more;
            more = bits.read(2);
        }
        return total + more;
    }

    private void spread(int[] probabilities) throws IOException {
        int size = symbols.length;
        int[] next = new int[probabilities.length];
        int high = size;
        for (int symbol = 0; symbol < probabilities.length; symbol++) {
            next[symbol] = Math.abs(probabilities[symbol]);
            if (probabilities[symbol] == -1) {
                symbols[--high] = (byte) symbol;
            }
        }
        int step = (size >> 1) + (size >> 3) + 3;
        int position = 0;
        for (int symbol = 0; symbol < probabilities.length; symbol++) {
            for (int i = 0; i < probabilities[symbol]; i++) {
                symbols[position] = (byte) symbol;
                do {
                    position = (position + step) & (size - 1);
                } while (position >= high);
            }
        }
        if (position != 0) {
            throw new IOException("zstd: probabilities that do not fill their table");
        }
        for (int state = 0; state < size; state++) {
            int count = next[symbols[state]]++;
            int bits = accuracyBits - (31 - Integer.numberOfLeadingZeros(count));
            bitCounts[state] = (byte) bits;
            baselines[state] = (short) ((count << bits) - size);
        }
    }

    int first(BackwardBits bits) {
        return bits.read(accuracyBits);
    }

    int symbol(int state) {
        return symbols[state];
    }

    int next(int state, BackwardBits bits) {
        return baselines[state] + bits.read(bitCounts[state]);
    }
}
