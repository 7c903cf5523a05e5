package dev.llmsim.synth.script;

/** What a text has to be like. */
public sealed interface TextMatch permits TextMatch.Contains, TextMatch.EqualTo, Regex {
    boolean holds(String text);

    /** Texts with {@code part} anywhere in them, in the same case. */
    static TextMatch contains(String part) {
        return new Contains(part);
    }

    /** {@code whole} and nothing else. */
    static TextMatch equalTo(String whole) {
        return new EqualTo(whole);
    }

    /**
     * Texts in which {@code expression} (as in {@link java.util.regex.Pattern}) matches something.
     *
     * @throws IllegalArgumentException where it is no regular expression
     */
    static TextMatch regex(String expression) {
        return new Regex(expression);
    }

    record Contains(String part) implements TextMatch {
        @Override
        public boolean holds(String text) {
            return text.contains(part);
        }
    }

    record EqualTo(String whole) implements TextMatch {
        @Override
        public boolean holds(String text) {
            return text.equals(whole);
        }
    }
}
