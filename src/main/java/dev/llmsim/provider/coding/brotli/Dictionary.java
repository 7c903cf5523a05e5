package dev.llmsim.provider.coding.brotli;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/** The words that every stream may refer to, and the ways in which it may change them (RFC 7932, section 8). */
final class Dictionary {
    static final int MIN_WORD_BYTES = 4;
    static final int MAX_WORD_BYTES = 24;

    /** How many bits the index of a word has, by its length. */
    private static final int[] INDEX_BITS = {
        0, 0, 0, 0, 10, 10, 11, 11, 10, 10, 10, 10, 10, 9, 9, 8, 7, 7, 8, 7, 7, 6, 6, 5, 5
    };

    private static final int[] STARTS = starts();
    private static final byte[] WORDS = resource("dictionary.bin");
    private static final List<WordTransform> TRANSFORMS =
            text("transforms.txt").lines().map(WordTransform::parse).toList();

    private Dictionary() {}

    /** The word of {@code length} bytes that {@code reference}, from 0, stands for. */
    static byte[] word(int length, int reference) throws IOException {
        if (length < MIN_WORD_BYTES || length > MAX_WORD_BYTES) {
            throw new IOException("brotli: a reference to a word of " + length + " bytes (expected: 4 to 24)");
        }
        int transform = reference >>> INDEX_BITS[length];
        if (transform >= TRANSFORMS.size()) {
            throw new IOException("brotli: a reference to before the beginning of the text and of the dictionary");
        }
        int index = reference & ((1 << INDEX_BITS[length]) - 1);
        int from = STARTS[length] + index * length;
        return TRANSFORMS.get(transform).apply(Arrays.copyOfRange(WORDS, from, from + length));
    }

    private static int[] starts() {
        int[] starts = new int[MAX_WORD_BYTES + 1];
        for (int length = MIN_WORD_BYTES; length < MAX_WORD_BYTES; length++) {
            starts[length + 1] = starts[length] + (length << INDEX_BITS[length]);
        }
        return starts;
    }

    private static String text(String name) {
        return new String(resource(name), StandardCharsets.UTF_8);
    }

    private static byte[] resource(String name) {
        try (InputStream in = Dictionary.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException(
                        "resource " + name + ": missing (expected: beside " + Dictionary.class + ")");
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
