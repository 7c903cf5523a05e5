package dev.llmsim.provider.coding.brotli;

import java.io.IOException;

/** A canonical prefix code (RFC 7932, section 3.2): short codes by a table, longer ones bit by bit. */
final class PrefixCode {
    private static final int MAX_BITS = 15;
    private static final int TABLE_BITS = 8;

    /** Of codes that begin with the index: symbol and length ({@code symbol << 4 | length}), or 0 where the code is longer. */
    private final short[] table;

    private final short[] symbols;
    private final short[] counts = new short[MAX_BITS + 1];
    private final int onlySymbol;

    /** A code of one symbol, which takes no bits. */
    PrefixCode(int onlySymbol) {
        this.onlySymbol = onlySymbol;
        table = new short[0];
        symbols = new short[0];
    }

    /** {@code lengths}: the length of each symbol's code, 0 where it has none; they fill the code space. */
    PrefixCode(int[] lengths) {
        onlySymbol = -1;
        table = new short[1 << TABLE_BITS];
        for (int length : lengths) {
            counts[length]++;
        }
        counts[0] = 0;
        int[] next = new int[MAX_BITS + 1];
        int total = 0;
        for (int length = 1; length <= MAX_BITS; length++) {
            next[length] = total;
            total += counts[length];
        }
        symbols = new short[total];
        for (int symbol = 0; symbol < lengths.length; symbol++) {
            if (lengths[symbol] != 0) {
                symbols[next[lengths[symbol]]++] = (short) symbol;
            }
        }
        fillTable();
    }

    private void fillTable() {
        int code = 0;
        int index = 0;
        for (int length = 1; length <= TABLE_BITS; length++) {
            for (int i = 0; i < counts[length]; i++, code++, index++) {
                int reversed = Integer.reverse(code) >>> (32 - length);
                for (int at = reversed; at < table.length; at += 1 << length) {
                    table[at] = (short) (symbols[index] << 4 | length);
                }
            }
            code <<= 1;
        }
    }

    int read(BitInput bits) throws IOException {
        if (onlySymbol >= 0) {
            return onlySymbol;
        }
        while (true) {
            int entry = table[(int) bits.loaded() & (table.length - 1)];
            int length = entry & 15;
            if (length != 0 && length <= bits.loadedCount()) {
                bits.drop(length);
                return entry >>> 4;
            }
            if (bits.loadedCount() >= TABLE_BITS) {
                return readLong(bits);
            }
            bits.need(bits.loadedCount() + 1);
        }
    }

    private int readLong(BitInput bits) throws IOException {
        int code = 0;
        int first = 0;
        int index = 0;
        for (int length = 1; length <= MAX_BITS; length++) {
            bits.need(length);
            code |= (int) (bits.loaded() >>> (length - 1)) & 1;
            if (code - first < counts[length]) {
                bits.drop(length);
                return symbols[index + code - first];
            }
            index += counts[length];
            first = (first + counts[length]) << 1;
            code <<= 1;
        }
        throw new IOException("brotli: a code that stands for nothing");
    }
}
