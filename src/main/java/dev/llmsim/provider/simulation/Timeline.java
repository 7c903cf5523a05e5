package dev.llmsim.provider.simulation;

/** When each token of an answer is there, in microseconds after its request. */
public final class Timeline {
    /** Everything is there at once. */
    public static final Timeline AT_ONCE = new Timeline(0);

    private final long[] micros;

    /** @param micros of each token, none before the one that precedes it; of one token at least */
    public Timeline(long... micros) {
        if (micros.length == 0) {
            throw new IllegalArgumentException("moments: none (expected: 1 or more)");
        }
        this.micros = micros.clone();
    }

    /** When the token of this number is there: 1 for the first, as 0 is; beyond the last, when that is. */
    public long at(int token) {
        return micros[Math.max(0, Math.min(token, micros.length) - 1)];
    }

    public long first() {
        return micros[0];
    }

    public long last() {
        return micros[micros.length - 1];
    }
}
