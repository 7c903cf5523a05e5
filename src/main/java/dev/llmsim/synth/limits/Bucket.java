package dev.llmsim.synth.limits;

import dev.llmsim.provider.simulation.Allowance;
import java.time.Duration;

/**
 * A token bucket: it holds what a minute allows, is refilled evenly, and never holds more. What is taken without having asked
 * may leave a debt of up to one minute's worth. Not thread-safe.
 */
final class Bucket {
    private static final double MICROS_PER_MINUTE = 60e6;

    /** Sums of fractions miss whole numbers by less than that. */
    private static final double TINY = 1e-6;

    private final long perMinute;
    private double level;
    private long asOfMicros;

    /** A full one. */
    Bucket(long perMinute, long nowMicros) {
        this.perMinute = perMinute;
        this.level = perMinute;
        this.asOfMicros = nowMicros;
    }

    long perMinute() {
        return perMinute;
    }

    boolean holds(long amount, long nowMicros) {
        refill(nowMicros);
        return level + TINY >= amount;
    }

    void take(long amount, long nowMicros) {
        refill(nowMicros);
        level = Math.max(-(double) perMinute, level - amount);
    }

    /** Until it holds {@code amount}; for ever (a whole minute and more) where it never will. */
    Duration until(long amount, long nowMicros) {
        refill(nowMicros);
        double missing = Math.max(0, amount - level);
        return Duration.ofMillis((long) Math.ceil(missing / perMinute * MICROS_PER_MINUTE / 1_000 - TINY));
    }

    long used(long nowMicros) {
        refill(nowMicros);
        return perMinute - (long) Math.floor(level + TINY);
    }

    Allowance.Level level(long nowMicros) {
        refill(nowMicros);
        return new Allowance.Level(
                perMinute, Math.max(0, (long) Math.floor(level + TINY)), until(perMinute, nowMicros));
    }

    /** A clock that goes back refills nothing. */
    private void refill(long nowMicros) {
        if (nowMicros > asOfMicros) {
            double minutes = (nowMicros - asOfMicros) / MICROS_PER_MINUTE;
            level = Math.min((double) perMinute, level + minutes * perMinute);
            asOfMicros = nowMicros;
        }
    }
}
