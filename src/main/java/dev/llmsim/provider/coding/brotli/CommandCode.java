package dev.llmsim.provider.coding.brotli;

import java.io.IOException;

/**
 * What a command says: how many literals come, how many bytes are then repeated (RFC 7932, section 5).
 *
 * @param sameDistance whether they are repeated from as far back as the last time, without a distance of their own
 */
record CommandCode(int insertBytes, int copyBytes, boolean sameDistance) {
    static final int ALPHABET = 704;

    private static final int FIRST_WITH_DISTANCE = 128;
    private static final int CELL = 64;
    /** By cell of 64 codes: the first of the 8 codes for lengths. */
    private static final int[] INSERT_CELLS = {0, 0, 0, 0, 8, 8, 0, 16, 8, 16, 16};

    private static final int[] COPY_CELLS = {0, 8, 0, 8, 0, 8, 16, 0, 16, 8, 16};
    private static final int[] INSERT_BASES = {
        0, 1, 2, 3, 4, 5, 6, 8, 10, 14, 18, 26, 34, 50, 66, 98, 130, 194, 322, 578, 1090, 2114, 6210, 22594
    };
    private static final int[] INSERT_BITS = {0, 0, 0, 0, 0, 0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 6, 7, 8, 9, 10, 12, 14, 24
    };
    private static final int[] COPY_BASES = {
        2, 3, 4, 5, 6, 7, 8, 9, 10, 12, 14, 18, 22, 30, 38, 54, 70, 102, 134, 198, 326, 582, 1094, 2118
    };
    private static final int[] COPY_BITS = {0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 6, 7, 8, 9, 10, 24};

    static CommandCode read(int code, BitInput bits) throws IOException {
        int insert = INSERT_CELLS[code / CELL] + ((code >> 3) & 7);
        int copy = COPY_CELLS[code / CELL] + (code & 7);
        int insertBytes = INSERT_BASES[insert] + bits.read(INSERT_BITS[insert]);
        int copyBytes = COPY_BASES[copy] + bits.read(COPY_BITS[copy]);
        return new CommandCode(insertBytes, copyBytes, code < FIRST_WITH_DISTANCE);
    }

    /** In which context its distance is coded (section 7.2). */
    int distanceContext() {
        return Math.min(copyBytes, 5) - 2;
    }
}
