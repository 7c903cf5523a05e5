package dev.llmsim.cassette.redaction;

import dev.llmsim.exchange.Bytes;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Finds any number of known secrets in one pass over a folded text, plain and inside base64. Immutable.
 *
 * <p>Each value is looked for in its folded form, and in the characters of its base64 that do not depend on the bytes around it,
 * at each of the three alignments and in both alphabets (such a core is {@link Needle}). A needle is filed under its last
 * eight bytes; the pass keeps the last eight bytes read as a number and looks them up, and only a hit compares bytes.
 */
final class KnownValues {
    private static final int TAIL_BYTES = 8;
    private static final int FILTER_BITS = 16;

    private final Map<Long, List<Needle>> needles = new HashMap<>();
    private final long[] filter = new long[1 << (FILTER_BITS - 6)];

    private KnownValues() {}

    static KnownValues of(Collection<Secret> secrets) {
        KnownValues known = new KnownValues();
        for (Secret secret : secrets) {
            if (secret.isSearchable()) {
                known.add(secret);
            }
        }
        return known;
    }

    /** Finds {@code value} even if it is an ordinary word. */
    static KnownValues marker(Bytes value) {
        KnownValues known = new KnownValues();
        known.add(new Secret(SecretKind.FIELD, value));
        return known;
    }

    boolean isEmpty() {
        return needles.isEmpty();
    }

    /** Gives every occurrence to {@code found}; returns how many bytes were looked at beside the pass itself. */
    long find(FoldedText text, Consumer<Span> found) {
        if (isEmpty()) {
            return 0;
        }
        KnownValueSearch search = new KnownValueSearch(text, found);
        long tail = 0;
        for (int end = 1; end <= text.length(); end++) {
            tail = tail << 8 | (text.at(end - 1) & 0xff);
            int bit = filterBit(tail);
            if ((filter[bit >> 6] & 1L << bit) != 0) {
                List<Needle> ending = needles.get(tail);
                if (ending != null) {
                    search.tailAt(end, ending);
                }
            }
        }
        return search.finish();
    }

    private void add(Secret secret) {
        FoldedText folded = FoldedText.of(secret.value());
        Bytes plain = folded.slice(0, folded.length());
        file(new Needle(plain, secret, -1));
        if (secret.value().utf8().indexOf(' ') >= 0) {
            file(new Needle(Bytes.utf8(plain.utf8().replace(' ', '+')), secret, -1));
        }
        for (int alignment = 0; alignment < 3; alignment++) {
            Needle core = core(secret, alignment);
            file(core);
            String urlSafe = core.bytes().utf8().replace('+', '-').replace('/', '_');
            if (!urlSafe.equals(core.bytes().utf8())) {
                file(new Needle(Bytes.utf8(urlSafe), secret, core.skippedChars()));
            }
        }
    }

    /** The characters that every base64 text has that contains the value {@code alignment} bytes after a group's start. */
    private static Needle core(Secret secret, int alignment) {
        byte[] shifted = new byte[alignment + secret.value().length()];
        secret.value().asByteBuffer().get(shifted, alignment, secret.value().length());
        String text = Base64.getEncoder().withoutPadding().encodeToString(shifted);
        int from = alignment == 0 ? 0 : alignment + 1;
        int to = shifted.length * 8 / 6;
        return new Needle(Bytes.utf8(text.substring(from, to)), secret, from);
    }

    private void file(Needle needle) {
        int length = needle.length();
        if (length < TAIL_BYTES) {
            return;
        }
        long tail = 0;
        for (int i = length - TAIL_BYTES; i < length; i++) {
            tail = tail << 8 | (needle.bytes().at(i) & 0xff);
        }
        List<Needle> ending = needles.computeIfAbsent(tail, any -> new ArrayList<>());
        ending.add(needle);
        if (length > ending.get(0).length()) {
            Collections.swap(ending, 0, ending.size() - 1);
        }
        int bit = filterBit(tail);
        filter[bit >> 6] |= 1L << bit;
    }

    private static int filterBit(long tail) {
        return (int) ((tail * 0x9E3779B97F4A7C15L) >>> (64 - FILTER_BITS));
    }
}
