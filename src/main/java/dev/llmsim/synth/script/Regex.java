package dev.llmsim.synth.script;

import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A regular expression with an end to its patience: a search that has read characters twenty million times (a tenth of a second),
 * or that nests too deep for the stack, has found nothing.
 */
final class Regex implements TextMatch {
    static final int MAX_READS = 20_000_000;

    private static final Logger LOG = LoggerFactory.getLogger(Regex.class);

    private final Pattern pattern;

    Regex(String expression) {
        try {
            pattern = Pattern.compile(expression);
        } catch (PatternSyntaxException e) {
            throw new IllegalArgumentException(
                    "regex: " + expression + ": " + e.getDescription() + " at character " + (e.getIndex() + 1)
                            + " (expected: a regular expression as Java has them)",
                    e);
        } catch (StackOverflowError e) {
            throw new IllegalArgumentException("regex: nests too deep (expected: a simpler one)", e);
        }
    }

    @Override
    public boolean holds(String text) {
        try {
            return pattern.matcher(new Metered(text)).find();
        } catch (OutOfPatienceException | StackOverflowError e) {
            LOG.warn(
                    "script: regex {} was given up on a text of {} characters: it takes too many steps (expected: a simpler"
                            + " one); the turn counts as not meant",
                    pattern,
                    text.length());
            return false;
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Regex regex && pattern.pattern().equals(regex.pattern.pattern());
    }

    @Override
    public int hashCode() {
        return pattern.pattern().hashCode();
    }

    @Override
    public String toString() {
        return "Regex[" + pattern + "]";
    }

    /** A text that can be read so many times. */
    private static final class Metered implements CharSequence {
        private final String text;
        private int left = MAX_READS;

        Metered(String text) {
            this.text = text;
        }

        @Override
        public int length() {
            return text.length();
        }

        @Override
        public char charAt(int index) {
            left--;
            if (left < 0) {
                throw new OutOfPatienceException();
            }
            return text.charAt(index);
        }

        @Override
        public CharSequence subSequence(int start, int end) {
            return text.subSequence(start, end);
        }

        @Override
        public String toString() {
            return text;
        }
    }

    private static final class OutOfPatienceException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        OutOfPatienceException() {
            super("too many reads", null, false, false);
        }
    }
}
