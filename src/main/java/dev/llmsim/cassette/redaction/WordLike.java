package dev.llmsim.cassette.redaction;

import dev.llmsim.exchange.Bytes;

/**
 * Tells names and numbers that people write ({@code not-needed}, {@code YOUR_API_KEY}, {@code application/json},
 * {@code 2023-06-01}) from random characters: between separators only letters of one case (a capital first), or up to four
 * digits.
 */
final class WordLike {
    private static final int MAX_LETTERS = 14;
    private static final int MAX_DIGITS = 4;

    private WordLike() {}

    static boolean test(Bytes value) {
        int start = 0;
        for (int i = 0; i <= value.length(); i++) {
            if (i == value.length() || isSeparator(value.at(i))) {
                if (!isWord(value, start, i)) {
                    return false;
                }
                start = i + 1;
            }
        }
        return true;
    }

    static boolean hasNoDigit(Bytes value) {
        for (int i = 0; i < value.length(); i++) {
            if (Ascii.isDigit(value.at(i))) {
                return false;
            }
        }
        return true;
    }

    private static boolean isSeparator(byte b) {
        return "-_./:; ,=+<>$@(){}[]*".indexOf(b) >= 0;
    }

    private static boolean isWord(Bytes value, int from, int to) {
        if (from == to) {
            return true;
        }
        if (Ascii.isDigit(value.at(from))) {
            return to - from <= MAX_DIGITS && all(value, from, to, Ascii::isDigit);
        }
        boolean lower = Ascii.isLetter(value.at(from)) && all(value, from + 1, to, Ascii::isLower);
        return to - from <= MAX_LETTERS && (lower || all(value, from, to, Ascii::isUpper));
    }

    private static boolean all(Bytes value, int from, int to, Ascii.Test test) {
        for (int i = from; i < to; i++) {
            if (!test.accepts(value.at(i))) {
                return false;
            }
        }
        return true;
    }
}
