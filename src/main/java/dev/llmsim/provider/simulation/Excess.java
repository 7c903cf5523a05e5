package dev.llmsim.provider.simulation;

import java.time.Duration;
import java.util.Objects;

/**
 * A request for more than a limit allows at this moment.
 *
 * @param model the id that was asked for
 * @param perMinute the limit
 * @param used of it, as of now; more than the limit where the last answer took more than was left
 * @param requested by this request
 * @param allowance of the caller, this request not counted
 * @param delay until the request would be allowed
 */
public record Excess(
        String model, RateLimit limit, long perMinute, long used, long requested, Allowance allowance, Duration delay) {
    private static final long MILLIS_PER_SECOND = 1_000;

    public Excess {
        Objects.requireNonNull(limit);
        Objects.requireNonNull(allowance);
        Objects.requireNonNull(delay);
    }

    /** Whether waiting does not help. */
    public boolean isTooLarge() {
        return requested > perMinute;
    }

    /** The delay in whole seconds, rounded up so that nobody comes too early; 1 at least. */
    public long delaySeconds() {
        return Math.max(1, (delay.toMillis() + MILLIS_PER_SECOND - 1) / MILLIS_PER_SECOND);
    }
}
