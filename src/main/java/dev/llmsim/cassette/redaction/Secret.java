package dev.llmsim.cassette.redaction;

import dev.llmsim.exchange.Bytes;

/**
 * A value that must not be written, or the placeholder of one that came in literally.
 *
 * @param value its plain bytes, neither escaped nor encoded
 */
record Secret(SecretKind kind, Bytes value) {
    /** Shorter values are too common to be looked for elsewhere: they are replaced only where they stand. */
    static final int MIN_SEARCH_BYTES = 8;

    private static final int MAX_WORDS_BYTES = 20;

    /** The value of something whose name says that it is secret; it may be a placeholder already. */
    static Secret field(Bytes value) {
        SecretKind kind = Placeholder.parse(value.utf8()).map(Placeholder::kind).orElse(SecretKind.FIELD);
        return new Secret(kind, value);
    }

    /** Whether other occurrences of the value are certainly the same secret, not ordinary text. */
    boolean isSearchable() {
        int bytes = value.length();
        return bytes >= MIN_SEARCH_BYTES
                && Placeholder.parse(value.utf8()).isEmpty()
                && !(bytes < MAX_WORDS_BYTES && WordLike.hasNoDigit(value) && WordLike.test(value));
    }

    @Override
    public String toString() {
        return kind.id() + "[" + value.length() + "]";
    }
}
