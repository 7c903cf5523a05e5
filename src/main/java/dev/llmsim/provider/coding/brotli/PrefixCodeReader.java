package dev.llmsim.provider.coding.brotli;

import java.io.IOException;
import java.util.Arrays;

/** Reads the descriptions of prefix codes (RFC 7932, sections 3.4 and 3.5). */
final class PrefixCodeReader {
    private static final int SIMPLE = 1;
    private static final int[] LENGTH_CODE_ORDER = {1, 2, 3, 4, 0, 5, 17, 6, 16, 7, 8, 9, 10, 11, 12, 13, 14, 15};
    private static final int LENGTH_SPACE = 32;
    private static final int SYMBOL_SPACE = 1 << 15;
    private static final int REPEAT_LAST = 16;

    private final BitInput bits;

    PrefixCodeReader(BitInput bits) {
        this.bits = bits;
    }

    PrefixCode read(int alphabetSize) throws IOException {
        int kind = bits.read(2);
        return kind == SIMPLE ? simple(alphabetSize) : complex(alphabetSize, kind);
    }

    private PrefixCode simple(int alphabetSize) throws IOException {
        int symbolBits = 32 - Integer.numberOfLeadingZeros(alphabetSize - 1);
        int[] symbols = new int[bits.read(2) + 1];
        for (int i = 0; i < symbols.length; i++) {
            symbols[i] = bits.read(symbolBits);
            if (symbols[i] >= alphabetSize) {
                throw new IOException("brotli: symbol " + symbols[i] + " of " + alphabetSize);
            }
        }
        if (Arrays.stream(symbols).distinct().count() != symbols.length) {
            throw new IOException("brotli: a symbol twice in a code");
        }
        int[] shape = switch (symbols.length) {
            case 1 -> new int[1];
            case 2 -> new int[] {1, 1};
            case 3 -> new int[] {1, 2, 2};
            default -> bits.flag() ? new int[] {1, 2, 3, 3} : new int[] {2, 2, 2, 2};
        };
        if (symbols.length == 1) {
            return new PrefixCode(symbols[0]);
        }
        int[] lengths = new int[alphabetSize];
        for (int i = 0; i < symbols.length; i++) {
            lengths[symbols[i]] = shape[i];
        }
        return new PrefixCode(lengths);
    }

    private PrefixCode complex(int alphabetSize, int skipped) throws IOException {
        PrefixCode lengthCode = lengthCode(skipped);
        int[] lengths = new int[alphabetSize];
        int last = 8;
        int repeated = 0;
        int repeats = 0;
        int space = SYMBOL_SPACE;
        int symbol = 0;
        while (symbol < alphabetSize && space > 0) {
            int length = lengthCode.read(bits);
            if (length < REPEAT_LAST) {
                repeats = 0;
                lengths[symbol++] = length;
                last = length == 0 ? last : length;
                space -= length == 0 ? 0 : SYMBOL_SPACE >> length;
                continue;
            }
            int extraBits = length - 14;
            int now = length == REPEAT_LAST ? last : 0;
            repeats = now == repeated ? repeats : 0;
            repeated = now;
            int before = repeats;
            repeats = (repeats == 0 ? 0 : (repeats - 2) << extraBits) + bits.read(extraBits) + 3;
            int more = repeats - before;
            if (more > alphabetSize - symbol) {
                throw new IOException("brotli: a code for more symbols than there are");
            }
            Arrays.fill(lengths, symbol, symbol + more, now);
            symbol += more;
            space -= now == 0 ? 0 : more * (SYMBOL_SPACE >> now);
        }
        if (space != 0) {
            throw new IOException("brotli: code lengths that do not fit together");
        }
        return new PrefixCode(lengths);
    }

    private PrefixCode lengthCode(int skipped) throws IOException {
        int[] lengths = new int[LENGTH_CODE_ORDER.length];
        int space = LENGTH_SPACE;
        int used = 0;
        int lastUsed = 0;
        for (int i = skipped; i < lengths.length && space > 0; i++) {
            int length = lengthOfLengthCode();
            lengths[LENGTH_CODE_ORDER[i]] = length;
            if (length != 0) {
                space -= LENGTH_SPACE >> length;
                used++;
                lastUsed = LENGTH_CODE_ORDER[i];
            }
        }
        if (used == 1) {
            return new PrefixCode(lastUsed);
        }
        if (space != 0) {
            throw new IOException("brotli: lengths of code lengths that do not fit together");
        }
        return new PrefixCode(lengths);
    }

    /** RFC 7932, section 3.5: 0, 4 and 3 in two bits, 2 in three, 1 and 5 in four. */
    private int lengthOfLengthCode() throws IOException {
        return switch (bits.read(2)) {
            case 0 -> 0;
            case 1 -> 4;
            case 2 -> 3;
            default -> !bits.flag() ? 2 : !bits.flag() ? 1 : 5;
        };
    }
}
