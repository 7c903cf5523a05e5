package dev.llmsim.synth;

import dev.llmsim.provider.simulation.Ids;
import java.util.SplittableRandom;
import java.util.UUID;

/** Ids from a seed. */
final class SeededIds implements Ids {
    private static final String LETTERS_AND_DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    private static final String HEX = "0123456789abcdef";

    private SplittableRandom random;

    SeededIds(Seed seed) {
        this.random = seed.random();
    }

    void restart(Seed seed) {
        random = seed.random();
    }

    @Override
    public String alphanumeric(String prefix, int length) {
        return drawn(prefix, length, LETTERS_AND_DIGITS);
    }

    @Override
    public String hex(String prefix, int length) {
        return drawn(prefix, length, HEX);
    }

    @Override
    public String uuid() {
        long high = (random.nextLong() & ~0xF000L) | 0x4000L;
        long low = (random.nextLong() & 0x3FFFFFFFFFFFFFFFL) | 0x8000000000000000L;
        return new UUID(high, low).toString();
    }

    private String drawn(String prefix, int length, String characters) {
        StringBuilder id = new StringBuilder(prefix.length() + length).append(prefix);
        for (int i = 0; i < length; i++) {
            id.append(characters.charAt(random.nextInt(characters.length())));
        }
        return id.toString();
    }
}
