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
     * touches base64 makes all of it plain, because only one of the two could be written back, and so does base64 whose groups
     * begin elsewhere. Of the same secret known as two kinds the first is kept.
     */
    Span union(Span other) {
        Span longer = other.isKeptBefore(this) ? other : this;
        Span kept = form == other.form ? longer : form == Form.PLAIN ? this : other;
        Form together = isAlignedWith(other) ? kept.form : Form.PLAIN;
        return new Span(Math.min(from, other.from), Math.max(to, other.to), kept.secret, together);
    }

    /** Whether nothing of {@code other}, which does not begin before this, would be left if this were replaced. */
    boolean covers(Span other) {
        return to >= other.to && form == other.form && isAlignedWith(other);
    }

    private boolean isKeptBefore(Span other) {
        int longer = to - from - (other.to - other.from);
        return longer > 0 || (longer == 0 && from == other.from && secret.kind().compareTo(other.secret.kind()) < 0);
    }

    private boolean isAlignedWith(Span other) {
        return form != Form.BASE64 || other.form != Form.BASE64 || (from - other.from) % 4 == 0;
    }
}
