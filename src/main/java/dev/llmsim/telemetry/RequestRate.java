package dev.llmsim.telemetry;

import java.util.concurrent.atomic.AtomicLongArray;

/** Requests per second over the last minute. Thread-safe and without a lock; it is told the time. */
final class RequestRate {
    static final int WINDOW_SECONDS = 60;

    private static final int SLOTS = 64;
    private static final int COUNT_BITS = 24;
    private static final long COUNT = (1L << COUNT_BITS) - 1;

    /** In each the number of a second, and in the lowest bits the requests of it. */
    private final AtomicLongArray seconds = new AtomicLongArray(SLOTS);

    void count(long second) {
        seconds.updateAndGet(
                (int) (second % SLOTS), slot -> slot >> COUNT_BITS == second ? slot + 1 : (second << COUNT_BITS) + 1);
    }

    double perSecond(long now) {
        long requests = 0;
        for (int i = 0; i < SLOTS; i++) {
            long slot = seconds.get(i);
            long age = now - (slot >> COUNT_BITS);
            requests += age >= 0 && age < WINDOW_SECONDS ? slot & COUNT : 0;
        }
        return requests / (double) WINDOW_SECONDS;
    }
}
