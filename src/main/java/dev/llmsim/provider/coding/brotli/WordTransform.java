package dev.llmsim.provider.coding.brotli;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** One way to change a word of the dictionary: cut or capitalised, between two texts (RFC 7932, section 8 and appendix B). */
final class WordTransform {
    private static final String OMIT_FIRST = "omit-first-";
    private static final String OMIT_LAST = "omit-last-";

    private final byte[] prefix;
    private final byte[] suffix;
    private final Capitals capitals;
    private final int omitFirst;
    private final int omitLast;

    private enum Capitals {
        NONE,
        FIRST,
        ALL
    }

    private WordTransform(String prefix, String change, String suffix) {
        this.prefix = bytes(prefix);
        this.suffix = bytes(suffix);
        this.omitFirst = numberAfter(OMIT_FIRST, change);
        this.omitLast = numberAfter(OMIT_LAST, change);
        this.capitals = switch (change) {
            case "ferment-first" -> Capitals.FIRST;
            case "ferment-all" -> Capitals.ALL;
            default -> Capitals.NONE;
        };
    }

    /** {@code line}: {@code prefix|change|suffix}. */
    static WordTransform parse(String line) {
        String[] parts = line.split("\\|", -1);
        return new WordTransform(parts[0], parts[1], parts[2]);
    }

    byte[] apply(byte[] word) {
        int from = Math.min(omitFirst, word.length);
        byte[] kept = Arrays.copyOfRange(word, from, Math.max(from, word.length - omitLast));
        if (capitals != Capitals.NONE) {
            capitalise(kept);
        }
        byte[] whole = Arrays.copyOf(prefix, prefix.length + kept.length + suffix.length);
        System.arraycopy(kept, 0, whole, prefix.length, kept.length);
        System.arraycopy(suffix, 0, whole, prefix.length + kept.length, suffix.length);
        return whole;
    }

    private void capitalise(byte[] word) {
        int at = 0;
        do {
            int value = word[at] & 0xff;
            if (value < 0xc0) {
                flip(word, at, value >= 'a' && value <= 'z' ? 0x20 : 0);
                at += 1;
            } else if (value < 0xe0) {
                flip(word, at + 1, 0x20);
                at += 2;
            } else {
                flip(word, at + 2, 0x05);
                at += 3;
            }
        } while (capitals == Capitals.ALL && at < word.length);
    }

    private static void flip(byte[] word, int at, int mask) {
        if (at < word.length) {
            word[at] ^= (byte) mask;
        }
    }

    private static int numberAfter(String prefix, String change) {
        return change.startsWith(prefix) ? Integer.parseInt(change.substring(prefix.length())) : 0;
    }

    private static byte[] bytes(String text) {
        return text.replace("\\n", "\n").replace("\\t", "\t").getBytes(StandardCharsets.UTF_8);
    }
}
