package dev.llmsim.synth.schema;

import java.util.regex.Pattern;

/** A text that may be looked at only so often: ends the backtracking of a regular expression that would not end by itself. */
final class Patience implements CharSequence {
    private static final int MAX_LOOKS = 1_000_000;

    private final String text;
    private int looks;

    private Patience(String text) {
        this.text = text;
    }

    /** Whether {@code pattern} matches somewhere in {@code text}; false where that takes too long to tell. */
    static boolean finds(Pattern pattern, String text) {
        try {
            return pattern.matcher(new Patience(text)).find();
        } catch (LostException | StackOverflowError tooMuch) {
            return false;
        }
    }

    @Override
    public char charAt(int index) {
        if (++looks > MAX_LOOKS) {
            throw new LostException();
        }
        return text.charAt(index);
    }

    @Override
    public int length() {
        return text.length();
    }

    @Override
    public CharSequence subSequence(int start, int end) {
        return text.substring(start, end);
    }

    @Override
    public String toString() {
        return text;
    }

    /** It took too long. */
    private static final class LostException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        LostException() {
            super(null, null, false, false);
        }
    }
}
