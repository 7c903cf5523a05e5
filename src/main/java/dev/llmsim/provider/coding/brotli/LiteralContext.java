package dev.llmsim.provider.coding.brotli;

import java.io.IOException;

/** The context of a literal, by the two bytes before it (RFC 7932, section 7.1). */
enum LiteralContext {
    LSB6 {
        @Override
        int of(int last, int beforeLast) {
            return last & 0x3f;
        }
    },
    MSB6 {
        @Override
        int of(int last, int beforeLast) {
            return last >> 2;
        }
    },
    UTF8 {
        @Override
        int of(int last, int beforeLast) {
            return lastOfText(last) | beforeLastOfText(beforeLast);
        }
    },
    SIGNED {
        @Override
        int of(int last, int beforeLast) {
            return magnitude(last) << 3 | magnitude(beforeLast);
        }
    };

    private static final int SPACE = ' ';
    /** Of the characters from space to DEL, a quarter of what RFC 7932 lists as Lut0. */
    private static final int[] TEXT = {
        2, 3, 4, 3, 3, 5, 3, 4, 6, 7, 3, 3, 8, 3, 9, 3, 11, 11, 11, 11, 11, 11, 11, 11, 11, 11, 8, 8, 6, 10, 7, 3, 3,
        12, 13, 13, 13, 12, 13, 13, 13, 12, 13, 13, 13, 13, 13, 12, 13, 13, 13, 13, 13, 12, 13, 13, 13, 13, 13, 6, 3, 7,
        3, 3, 3, 14, 15, 15, 15, 14, 15, 15, 15, 14, 15, 15, 15, 15, 15, 14, 15, 15, 15, 15, 15, 14, 15, 15, 15, 15, 15,
        6, 3, 7, 3, 0
    };

    static LiteralContext read(BitInput bits) throws IOException {
        return switch (bits.read(2)) {
            case 0 -> LSB6;
            case 1 -> MSB6;
            case 2 -> UTF8;
            default -> SIGNED;
        };
    }

    abstract int of(int last, int beforeLast);

    private static int lastOfText(int value) {
        if (value >= 0x80) {
            return (value >= 0xc0 ? 2 : 0) + (value & 1);
        }
        boolean blank = value == '\t' || value == '\n' || value == '\r';
        return value >= SPACE ? TEXT[value - SPACE] << 2 : blank ? 4 : 0;
    }

    private static int beforeLastOfText(int value) {
        if (value >= 0x80) {
            return value >= 0xe0 ? 2 : 0;
        }
        if (value <= SPACE || value == 0x7f) {
            return 0;
        }
        boolean strong = (value >= '0' && value <= '9') || (value >= 'A' && value <= 'Z');
        return strong ? 2 : value >= 'a' && value <= 'z' ? 3 : 1;
    }

    private static int magnitude(int value) {
        if (value < 0x40) {
            return value == 0 ? 0 : value < 0x10 ? 1 : 2;
        }
        if (value < 0xc0) {
            return value < 0x80 ? 3 : 4;
        }
        return value < 0xf0 ? 5 : value < 0xff ? 6 : 7;
    }
}
