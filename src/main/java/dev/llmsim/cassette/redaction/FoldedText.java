package dev.llmsim.cassette.redaction;

import dev.llmsim.exchange.Bytes;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A text with its escapes undone, so that one search finds a value however it was written: JSON escapes of any nesting
 * (a code point in hexadecimal, {@code \"}, {@code \/}, {@code \n}) and percent encoding. Positions lead back to the original.
 *
 * <p>Folding is for finding only: a lone backslash that escapes nothing stays, and a text that means its backslashes folds
 * to something that it is not, which at worst hides or makes a word boundary.
 */
final class FoldedText {
    private final Bytes original;
    private final byte[] folded;
    private final int length;
    /** Where each folded byte begins in the original; empty where nothing was folded. */
    private final int[] starts;

    private FoldedText(Bytes original, byte[] folded, int length, int[] starts) {
        this.original = original;
        this.folded = folded;
        this.length = length;
        this.starts = starts;
    }

    static FoldedText of(Bytes original) {
        byte[] bytes = original.toArray();
        for (byte b : bytes) {
            if (b == '\\' || b == '%') {
                return new Folding(original, bytes).run();
            }
        }
        return new FoldedText(original, bytes, bytes.length, new int[0]);
    }

    /** {@code original} with nothing undone. */
    static FoldedText unfolded(Bytes original) {
        return new FoldedText(original, original.toArray(), original.length(), new int[0]);
    }

    /** Whether an escape was undone anywhere. */
    boolean isFolded() {
        return starts.length > 0;
    }

    Bytes original() {
        return original;
    }

    int length() {
        return length;
    }

    byte at(int index) {
        return folded[index];
    }

    /** The byte at {@code index}, or 0 outside of the text. */
    int peek(int index) {
        return index >= 0 && index < length ? folded[index] : 0;
    }

    Bytes slice(int from, int to) {
        return Bytes.wrap(folded).slice(from, to);
    }

    boolean startsWith(Bytes prefix, int at) {
        if (at < 0 || at + prefix.length() > length) {
            return false;
        }
        for (int i = 0; i < prefix.length(); i++) {
            if (folded[at + i] != prefix.at(i)) {
                return false;
            }
        }
        return true;
    }

    /** Where the folded byte {@code index} begins in the original. */
    int originalStart(int index) {
        return starts.length == 0 ? index : starts[index];
    }

    /** Where the folded byte before {@code index} ends in the original. */
    int originalEnd(int index) {
        if (starts.length == 0 || index == 0) {
            return index;
        }
        int next = index;
        while (next < length && starts[next] == starts[index - 1]) {
            next++;
        }
        return starts[next];
    }

    /** Where in the folded text the original's {@code position} is. */
    int indexOf(int position) {
        if (starts.length == 0) {
            return position;
        }
        int found = Arrays.binarySearch(starts, 0, length + 1, position);
        return found >= 0 ? found : -found - 1;
    }

    /** The folded byte that the original's {@code position} belongs to. */
    int indexCovering(int position) {
        int index = indexOf(position);
        return originalStart(index) > position ? index - 1 : index;
    }

    /** How many bytes of the original the folded byte {@code index} stands for. */
    int originalBytes(int index) {
        return originalEnd(index + 1) - originalStart(index);
    }

    /** Whether any byte of the range is percent-encoded in the original. */
    boolean isPercentEncoded(int from, int to) {
        if (starts.length == 0) {
            return false;
        }
        for (int i = from; i < to; i++) {
            int start = starts[i];
            if (original.at(start) == '%' && originalBytes(i) == 3) {
                return true;
            }
        }
        return false;
    }

    /** One run over one text. */
    private static final class Folding {
        private final Bytes original;
        private final byte[] in;
        private final byte[] out;
        private final int[] starts;
        private int count;

        Folding(Bytes original, byte[] in) {
            this.original = original;
            this.in = in;
            this.out = new byte[in.length];
            this.starts = new int[in.length + 1];
        }

        FoldedText run() {
            int at = 0;
            while (at < in.length) {
                if (in[at] == '\\') {
                    at = foldBackslashes(at);
                } else if (in[at] == '%' && hexAt(at + 1, 2) >= 0) {
                    put(at, hexAt(at + 1, 2));
                    at += 3;
                } else {
                    put(at, in[at]);
                    at++;
                }
            }
            starts[count] = in.length;
            return new FoldedText(original, out, count, starts);
        }

        private int foldBackslashes(int start) {
            int at = afterBackslashes(start);
            int escaped = at < in.length ? in[at] : 0;
            if (escaped == 'u' && hexAt(at + 1, 4) >= 0) {
                return foldUnicode(start, at);
            }
            int mark = "\"/'nrtbf".indexOf(escaped);
            if (mark < 0 || escaped == 0) {
                put(start, '\\');
                return at;
            }
            put(start, "\"/'\n\r\t\b\f".charAt(mark));
            return at + 1;
        }

        private int foldUnicode(int start, int mark) {
            char unit = (char) hexAt(mark + 1, 4);
            int end = mark + 5;
            String text = String.valueOf(unit);
            if (Character.isHighSurrogate(unit)) {
                int low = afterBackslashes(end);
                if (low > end && low < in.length && in[low] == 'u' && hexAt(low + 1, 4) >= 0) {
                    text += (char) hexAt(low + 1, 4);
                    end = low + 5;
                }
            }
            for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
                put(start, b);
            }
            return end;
        }

        private int afterBackslashes(int start) {
            int at = start;
            while (at < in.length && in[at] == '\\') {
                at++;
            }
            return at;
        }

        private int hexAt(int at, int digits) {
            if (at + digits > in.length) {
                return -1;
            }
            int value = 0;
            for (int i = at; i < at + digits; i++) {
                if (!Ascii.isHex(in[i])) {
                    return -1;
                }
                value = value * 16 + Character.digit(in[i], 16);
            }
            return value;
        }

        private void put(int start, int b) {
            starts[count] = start;
            out[count++] = (byte) b;
        }
    }
}
