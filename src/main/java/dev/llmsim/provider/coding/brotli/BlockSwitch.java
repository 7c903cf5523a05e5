package dev.llmsim.provider.coding.brotli;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Which type of block the symbols of one kind are in, and for how many more of them (RFC 7932, section 6). */
final class BlockSwitch {
    private static final int COUNT_ALPHABET = 26;
    private static final int UNLIMITED = 1 << 24;
    private static final int[] COUNT_BASES = {
        1, 5, 9, 13, 17, 25, 33, 41, 49, 65, 81, 97, 113, 145, 177, 209, 241, 305, 369, 497, 753, 1265, 2289, 4337,
        8433, 16625
    };
    private static final int[] COUNT_BITS = {
        2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 6, 6, 7, 8, 9, 10, 11, 12, 13, 24
    };

    private final int types;
    private final @Nullable PrefixCode typeCode;
    private final @Nullable PrefixCode countCode;
    private int type;
    private int typeBefore = 1;
    private int left = UNLIMITED;

    /** Reads the description. */
    BlockSwitch(BitInput bits) throws IOException {
        types = bits.smallCount();
        if (types == 1) {
            typeCode = null;
            countCode = null;
            return;
        }
        PrefixCodeReader codes = new PrefixCodeReader(bits);
        typeCode = codes.read(types + 2);
        countCode = codes.read(COUNT_ALPHABET);
        left = count(countCode, bits);
    }

    int types() {
        return types;
    }

    /** The type of the next symbol's block; reads the switch to another block where there is one. */
    int next(BitInput bits) throws IOException {
        if (left == 0) {
            if (typeCode == null || countCode == null) {
                throw new IOException("brotli: a switch to another block, but there is one type only");
            }
            int code = typeCode.read(bits);
            int now = code == 0 ? typeBefore : code == 1 ? (type + 1) % types : code - 2;
            typeBefore = type;
            type = now;
            left = count(countCode, bits);
        }
        left--;
        return type;
    }

    private static int count(PrefixCode code, BitInput bits) throws IOException {
        int symbol = code.read(bits);
        return COUNT_BASES[symbol] + bits.read(COUNT_BITS[symbol]);
    }
}
