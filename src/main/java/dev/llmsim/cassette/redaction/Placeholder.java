package dev.llmsim.cassette.redaction;

import dev.llmsim.exchange.Bytes;
import java.util.Optional;

/**
 * Stands for a secret in everything that is written: {@code {{secret:openai#1}}}. Equal placeholders of one exchange stand
 * for equal secrets.
 *
 * @param number from 1, for each kind, in order of first appearance within the exchange, the request first
 */
record Placeholder(SecretKind kind, int number) {
    static final String PREFIX = "{{secret:";
    static final String SUFFIX = "}}";
    /** No placeholder is longer. */
    static final int MAX_CHARS = 48;

    String text() {
        return PREFIX + kind.id() + "#" + number + SUFFIX;
    }

    Bytes bytes() {
        return Bytes.utf8(text());
    }

    /** As it stands inside a URL or a form. */
    Bytes urlBytes() {
        return Percent.encode(bytes());
    }

    /** The placeholder that {@code text} begins with. */
    static Optional<Placeholder> leading(String text) {
        int end = text.indexOf(SUFFIX);
        return end < 0 ? Optional.empty() : parse(text.substring(0, end + SUFFIX.length()));
    }

    /** The placeholder that {@code text} is, if it is one and nothing else. */
    static Optional<Placeholder> parse(String text) {
        int mark = text.indexOf('#');
        if (!text.startsWith(PREFIX) || !text.endsWith(SUFFIX) || mark < 0 || text.length() > MAX_CHARS) {
            return Optional.empty();
        }
        String digits = text.substring(mark + 1, text.length() - SUFFIX.length());
        if (!digits.matches("[1-9][0-9]{0,5}")) {
            return Optional.empty();
        }
        return SecretKind.byId(text.substring(PREFIX.length(), mark))
                .map(kind -> new Placeholder(kind, Integer.parseInt(digits)));
    }
}
