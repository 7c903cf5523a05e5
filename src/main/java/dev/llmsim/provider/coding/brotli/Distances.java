package dev.llmsim.provider.coding.brotli;

import java.io.IOException;

/** The last four distances, to which the next may refer (RFC 7932, section 4). */
final class Distances {
    private static final int RECENT_CODES = 16;
    private static final int[] RECENT_INDEX = {0, 1, 2, 3, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 1};
    private static final int[] RECENT_CHANGE = {0, 0, 0, 0, -1, 1, -2, 2, -3, 3, -1, 1, -2, 2, -3, 3};

    private final int[] recent = {4, 11, 15, 16};

    /**
     * How the codes of a metablock are to be read.
     *
     * @param direct how many codes stand for a distance each
     */
    record Parameters(int postfixBits, int direct) {
        static Parameters read(BitInput bits) throws IOException {
            int postfixBits = bits.read(2);
            return new Parameters(postfixBits, bits.read(4) << postfixBits);
        }

        int alphabet() {
            return RECENT_CODES + direct + (48 << postfixBits);
        }
    }

    int last() {
        return recent[0];
    }

    /** Makes {@code distance} the last. */
    void remember(int distance) {
        System.arraycopy(recent, 0, recent, 1, recent.length - 1);
        recent[0] = distance;
    }

    /** The distance that {@code code} stands for. */
    int read(int code, Parameters parameters, BitInput bits) throws IOException {
        if (code < RECENT_CODES) {
            int distance = recent[RECENT_INDEX[code]] + RECENT_CHANGE[code];
            if (distance <= 0) {
                throw new IOException("brotli: a distance of " + distance + " (expected: at least 1)");
            }
            return distance;
        }
        if (code < RECENT_CODES + parameters.direct()) {
            return code - RECENT_CODES + 1;
        }
        int index = code - RECENT_CODES - parameters.direct();
        int postfix = index & ((1 << parameters.postfixBits()) - 1);
        int high = index >> parameters.postfixBits();
        int extraBits = 1 + (high >> 1);
        int offset = ((2 + (high & 1)) << extraBits) - 4;
        return ((offset + bits.read(extraBits)) << parameters.postfixBits()) + postfix + parameters.direct() + 1;
    }
}
