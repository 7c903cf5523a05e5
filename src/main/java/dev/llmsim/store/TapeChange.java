package dev.llmsim.store;

import dev.llmsim.exchange.Recording;
import java.util.Objects;

/** One thing that is done to a tape. */
public sealed interface TapeChange {
    long row();

    /**
     * An exchange has begun; until it is sealed it is unfinished.
     *
     * @param path without its query, which may hold secrets
     */
    record Begin(long row, String cassette, String upstream, String method, String path, long begunAtMillis)
            implements TapeChange {
        public Begin {
            requireName(cassette);
        }
    }

    /** An exchange has ended: what was unfinished in this row, if anything, becomes a recording. */
    record Seal(long row, String cassette, Recording recording, Keys keys) implements TapeChange {
        public Seal {
            requireName(cassette);
            Objects.requireNonNull(recording);
            Objects.requireNonNull(keys);
        }
    }

    /** An unfinished exchange will stay so. */
    record Abandon(long row, String reason) implements TapeChange {}

    /** A recording would not replay as it was sent. */
    record Flaw(long row, String reason) implements TapeChange {}

    /** A recording has new keys, computed by another version of the normaliser. */
    record Rekey(long row, Keys keys) implements TapeChange {}

    /** A recording has another id. */
    record Rename(long row, String id) implements TapeChange {}

    /** A recording or an unfinished exchange goes. */
    record Delete(long row) implements TapeChange {}

    private static void requireName(String cassette) {
        if (cassette.isEmpty()) {
            throw new IllegalArgumentException("cassette: \"\" (expected: a name)");
        }
    }
}
