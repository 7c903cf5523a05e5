package dev.llmsim.synth;

import java.util.ArrayList;
import java.util.List;

/**
 * Cuts a long text into stretches that a tokenizer may be given one by one, with the same tokens: every encoding ends a token
 * where white space or punctuation follows a letter or digit.
 *
 * <p>Where there is no such place in so many characters, the text is cut all the same: the work for one word grows faster than
 * its length, and its memory is a hundred times it.
 */
final class Stretches {
    static final int MAX_CHARACTERS = 1 << 16;

    private Stretches() {}

    static List<String> of(String text) {
        if (text.length() <= MAX_CHARACTERS) {
            return List.of(text);
        }
        List<String> stretches = new ArrayList<>();
        int from = 0;
        while (text.length() - from > MAX_CHARACTERS) {
            int to = end(text, from);
            stretches.add(text.substring(from, to));
            from = to;
        }
        stretches.add(text.substring(from));
        return stretches;
    }

    private static int end(String text, int from) {
        int last = from + MAX_CHARACTERS;
        for (int at = last; at > from + 1; at--) {
            if (Character.isLetterOrDigit(text.charAt(at - 1)) && endsWord(text.charAt(at))) {
                return at;
            }
        }
        return Character.isLowSurrogate(text.charAt(last)) ? last - 1 : last;
    }

    /** Not an apostrophe: {@code 's} belongs to the word before it. */
    private static boolean endsWord(char c) {
        return Character.isWhitespace(c) || (c != '\'' && Character.getType(c) == Character.OTHER_PUNCTUATION);
    }
}
