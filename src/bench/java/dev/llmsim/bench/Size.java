package dev.llmsim.bench;

import java.time.Duration;

/**
 * How much is measured.
 *
 * @param rounds how often contenders take turns
 * @param window how long each is counted in a round
 * @param before how long it is loaded before that
 * @param connections at the same time, where work is counted
 * @param recordings on the tape that answers
 * @param profileStreams of each profile
 * @param profileConnections how many of these go on at the same time
 * @param everyProfile else those alone that are asked for in different ways
 * @param timedStreams at the same time, where lateness is measured
 * @param seed of everything that is drawn
 */
record Size(
        int rounds,
        Duration window,
        Duration before,
        int connections,
        int recordings,
        int profileStreams,
        int profileConnections,
        boolean everyProfile,
        int timedStreams,
        long seed) {
    static final long SEED = 20_251_124;

    /** What figures in the docs come from. */
    static Size full(int rounds, int recordings, int profileConnections, long seed) {
        return new Size(
                rounds,
                Duration.ofSeconds(3),
                Duration.ofSeconds(1),
                64,
                recordings,
                600,
                profileConnections,
                true,
                1000,
                seed);
    }

    /** Everything once, in seconds: it shows that all of it runs, and no more. */
    static Size quick(long seed) {
        return new Size(1, Duration.ofMillis(300), Duration.ofMillis(200), 8, 20, 12, 12, false, 20, seed);
    }
}
