package dev.llmsim.provider.coding.brotli;

import java.io.IOException;

/** Which prefix code is used in which context of which block type (RFC 7932, section 7.3). */
final class ContextMap {
    private final byte[] map;
    private final int contexts;
    private final int codes;

    /** Reads the description. {@code types}: of blocks; {@code contexts}: of each. */
    ContextMap(BitInput bits, int types, int contexts) throws IOException {
        this.contexts = contexts;
        this.map = new byte[types * contexts];
        this.codes = bits.smallCount();
        if (codes > 1) {
            read(bits);
        }
    }

    /** How many prefix codes there are. */
    int codes() {
        return codes;
    }

    int code(int type, int context) {
        return map[type * contexts + context] & 0xff;
    }

    private void read(BitInput bits) throws IOException {
        int maxRun = bits.flag() ? bits.read(4) + 1 : 0;
        PrefixCode code = new PrefixCodeReader(bits).read(codes + maxRun);
        int at = 0;
        while (at < map.length) {
            int symbol = code.read(bits);
            if (symbol > maxRun) {
                map[at++] = (byte) (symbol - maxRun);
                continue;
            }
            int zeros = symbol == 0 ? 1 : (1 << symbol) + bits.read(symbol);
            if (zeros > map.length - at) {
                throw new IOException("brotli: a context map that is too long");
            }
            at += zeros;
        }
        if (bits.flag()) {
            moveBack();
        }
    }

    /** Undoes the move-to-front transform. */
    private void moveBack() {
        byte[] recent = new byte[256];
        for (int i = 0; i < recent.length; i++) {
            recent[i] = (byte) i;
        }
        for (int i = 0; i < map.length; i++) {
            int index = map[i] & 0xff;
            byte value = recent[index];
            System.arraycopy(recent, 0, recent, 1, index);
            recent[0] = value;
            map[i] = value;
        }
    }
}
