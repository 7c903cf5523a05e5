package dev.llmsim.store;

import dev.llmsim.exchange.Recording;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** One thing that is done to a tape. */
public sealed interface TapeChange {
    long row();

    /** Has {@code maker} make this change. */
    void makeWith(Maker maker);

    /** Makes changes, one method a case. */
    interface Maker {
        void begin(Begin change);

        void seal(Seal change);

        void abandon(Abandon change);

        void flaw(Flaw change);

        void rekey(Rekey change);

        void rename(Rename change);

        void delete(Delete change);
    }

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

        @Override
        public void makeWith(Maker maker) {
            maker.begin(this);
        }
    }

    /** An exchange has ended: what was unfinished in this row, if anything, becomes a recording. */
    record Seal(long row, String cassette, Recording recording, Keys keys) implements TapeChange {
        public Seal {
            requireName(cassette);
            Objects.requireNonNull(recording);
            Objects.requireNonNull(keys);
        }

        @Override
        public void makeWith(Maker maker) {
            maker.seal(this);
        }
    }

    /** An unfinished exchange will stay so. */
    record Abandon(long row, String reason) implements TapeChange {
        @Override
        public void makeWith(Maker maker) {
            maker.abandon(this);
        }
    }

    /**
     * A recording would not replay as it was sent, or, where there is no reason, would after all.
     */
    record Flaw(long row, @Nullable String reasonOrNull) implements TapeChange {
        @Override
        public void makeWith(Maker maker) {
            maker.flaw(this);
        }
    }

    /** A recording has new keys, computed by another version of the normaliser. */
    record Rekey(long row, Keys keys) implements TapeChange {
        @Override
        public void makeWith(Maker maker) {
            maker.rekey(this);
        }
    }

    /** A recording has another id. */
    record Rename(long row, String id) implements TapeChange {
        @Override
        public void makeWith(Maker maker) {
            maker.rename(this);
        }
    }

    /** A recording or an unfinished exchange goes. */
    record Delete(long row) implements TapeChange {
        @Override
        public void makeWith(Maker maker) {
            maker.delete(this);
        }
    }

    private static void requireName(String cassette) {
        if (cassette.isEmpty()) {
            throw new IllegalArgumentException("cassette: \"\" (expected: a name)");
        }
    }
}
