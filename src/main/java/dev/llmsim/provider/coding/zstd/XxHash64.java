package dev.llmsim.provider.coding.zstd;

/** XXH64 with seed 0, of which a frame's checksum is the low half. Source: the xxHash specification, section "XXH64 algorithm". */
final class XxHash64 {
    private static final long PRIME_1 = 0x9E3779B185EBCA87L;
    private static final long PRIME_2 = 0xC2B2AE3D27D4EB4FL;
    private static final long PRIME_3 = 0x165667B19E3779F9L;
    private static final long PRIME_4 = 0x85EBCA77C2B2AE63L;
    private static final long PRIME_5 = 0x27D4EB2F165667C5L;
    private static final int STRIPE_BYTES = 32;

    private final long[] lanes = {0x60EA27EEADC0B5D6L, PRIME_2, 0, -PRIME_1};
    private final byte[] stripe = new byte[STRIPE_BYTES];
    private int inStripe;
    private long total;

    void update(byte[] bytes, int from, int count) {
        total += count;
        int at = from;
        int end = from + count;
        while (at < end) {
            if (inStripe == 0 && end - at >= STRIPE_BYTES) {
                mix(bytes, at);
                at += STRIPE_BYTES;
                continue;
            }
            int piece = Math.min(STRIPE_BYTES - inStripe, end - at);
            System.arraycopy(bytes, at, stripe, inStripe, piece);
            at += piece;
            inStripe = (inStripe + piece) % STRIPE_BYTES;
            if (inStripe == 0) {
                mix(stripe, 0);
            }
        }
    }

    long digest() {
        long hash = total < STRIPE_BYTES ? PRIME_5 : merged();
        hash += total;
        int at = 0;
        for (; at + 8 <= inStripe; at += 8) {
            hash = Long.rotateLeft(hash ^ round(0, number(stripe, at, 8)), 27) * PRIME_1 + PRIME_4;
        }
        if (at + 4 <= inStripe) {
            hash = Long.rotateLeft(hash ^ (number(stripe, at, 4) * PRIME_1), 23) * PRIME_2 + PRIME_3;
            at += 4;
        }
        for (; at < inStripe; at++) {
            hash = Long.rotateLeft(hash ^ ((stripe[at] & 0xff) * PRIME_5), 11) * PRIME_1;
        }
        hash = (hash ^ (hash >>> 33)) * PRIME_2;
        hash = (hash ^ (hash >>> 29)) * PRIME_3;
        return hash ^ (hash >>> 32);
    }

    private long merged() {
        long hash = Long.rotateLeft(lanes[0], 1)
                + Long.rotateLeft(lanes[1], 7)
                + Long.rotateLeft(lanes[2], 12)
                + Long.rotateLeft(lanes[3], 18);
        for (long lane : lanes) {
            hash = (hash ^ round(0, lane)) * PRIME_1 + PRIME_4;
        }
        return hash;
    }

    private void mix(byte[] bytes, int from) {
        for (int i = 0; i < lanes.length; i++) {
            lanes[i] = round(lanes[i], number(bytes, from + 8 * i, 8));
        }
    }

    private static long round(long lane, long input) {
        return Long.rotateLeft(lane + input * PRIME_2, 31) * PRIME_1;
    }

    private static long number(byte[] bytes, int from, int count) {
        return LiteralsSection.number(bytes, from, count);
    }
}
