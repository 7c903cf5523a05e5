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

    /**
     * This span and {@code other}, which overlaps it, as one. It stands for the longer of the two; but a plain secret that
     * touches base64 makes all of it plain, because only one of the two could be written back.
     */
    Span union(Span other) {
        Span longer = other.to - other.from > to - from ? other : this;
        Span kept = form == other.form ? longer : form == Form.PLAIN ? this : other;
        return new Span(Math.min(from, other.from), Math.max(to, other.to), kept.secret, kept.form);
    }
}
