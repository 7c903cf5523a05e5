package dev.llmsim.cassette.redaction;

/**
 * A secret found in a folded text, from {@code from} (inclusive) to {@code to} (exclusive).
 *
 * @param form how it is written there
 */
record Span(int from, int to, Secret secret, Form form) {
    /** How a secret is written. */
    enum Form {
        /** As it is, apart from escapes. */
        PLAIN,
        /** Somewhere inside the base64 text that the span covers. */
        BASE64
    }

    static Span plain(int from, int to, Secret secret) {
        return new Span(from, to, secret, Form.PLAIN);
    }

    /** This span and {@code other}, which overlaps it, as one; it stands for the longer of the two. */
    Span union(Span other) {
        Span longer = other.to - other.from > to - from ? other : this;
        return new Span(Math.min(from, other.from), Math.max(to, other.to), longer.secret, longer.form);
    }
}
