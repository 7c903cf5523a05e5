package dev.llmsim.synth.errors;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * How often a request gets an error in place of its answer, each rate from 0 (never) to 1 (always).
 *
 * <p>One number is drawn for a request; the rates are laid on the line from 0 to 1 in the order of the components, and what
 * would lie beyond 1 does not happen.
 *
 * @param rateLimit of 429, with {@code retry-after} of 1 to 59 s
 * @param serverError of 500 (70 %) and of 503 with {@code retry-after: 60} (30 %)
 * @param timeout of 504
 * @param timeoutAfter how long a client waits for its 504
 * @param invalidRequest of 400
 * @param authError of 401
 */
public record ErrorRates(
        double rateLimit,
        double serverError,
        double timeout,
        Duration timeoutAfter,
        double invalidRequest,
        double authError) {
    public static final Duration DEFAULT_TIMEOUT_AFTER = Duration.ofSeconds(30);

    /** No errors. */
    public static final ErrorRates NONE = new ErrorRates(0, 0, 0, DEFAULT_TIMEOUT_AFTER, 0, 0);

    /** A bad day: some of every error. */
    public static final ErrorRates CHAOS = new ErrorRates(0.1, 0.05, 0.05, Duration.ofSeconds(5), 0.02, 0.01);

    /** Every other request is one too many. */
    public static final ErrorRates RATE_LIMITED = new ErrorRates(0.5, 0, 0, DEFAULT_TIMEOUT_AFTER, 0, 0);

    private static final double INTERNAL_SHARE = 0.7;
    private static final int UNAVAILABLE_SECONDS = 60;
    private static final int MOST_RETRY_SECONDS = 59;

    public ErrorRates {
        requireRate("rate limit rate", rateLimit);
        requireRate("server error rate", serverError);
        requireRate("timeout rate", timeout);
        requireRate("invalid request rate", invalidRequest);
        requireRate("auth error rate", authError);
        if (timeoutAfter.isNegative()) {
            throw new IllegalArgumentException(
                    "timeout after: " + timeoutAfter.toMillis() + " ms (expected: 0 or more)");
        }
    }

    private static void requireRate(String name, double rate) {
        if (!(rate >= 0 && rate <= 1)) {
            throw new IllegalArgumentException(
                    name + ": " + rate + " (expected: a number from 0, never, to 1, every request)");
        }
    }

    /** The rates of a name: {@code none}, {@code chaos} or {@code rate_limited}, with a dash as well. */
    public static Optional<ErrorRates> byName(String name) {
        return switch (name.toLowerCase(java.util.Locale.ROOT).replace('-', '_')) {
            case "none" -> Optional.of(NONE);
            case "chaos" -> Optional.of(CHAOS);
            case "rate_limited" -> Optional.of(RATE_LIMITED);
            default -> Optional.empty();
        };
    }

    public static List<String> names() {
        return List.of("none", "chaos", "rate_limited");
    }

    /** Whether no request ever gets an error. */
    public boolean isNone() {
        return rateLimit + serverError + timeout + invalidRequest + authError == 0;
    }

    /** The error of one request; empty where it is answered. */
    public Optional<InjectedError> draw(RandomGenerator random) {
        double left = random.nextDouble();
        if ((left -= rateLimit) < 0) {
            return Optional.of(InjectedError.of(429).retryAfter(1 + random.nextInt(MOST_RETRY_SECONDS)));
        }
        if ((left -= serverError) < 0) {
            return Optional.of(
                    random.nextDouble() < INTERNAL_SHARE
                            ? InjectedError.of(500)
                            : InjectedError.of(503).retryAfter(UNAVAILABLE_SECONDS));
        }
        if ((left -= timeout) < 0) {
            return Optional.of(InjectedError.of(504).late(timeoutAfter));
        }
        if ((left -= invalidRequest) < 0) {
            return Optional.of(InjectedError.of(400));
        }
        return left < authError ? Optional.of(InjectedError.of(401)) : Optional.empty();
    }
}
