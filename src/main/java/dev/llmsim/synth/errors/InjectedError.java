package dev.llmsim.synth.errors;

import dev.llmsim.exchange.Headers;
import java.time.Duration;
import java.util.Objects;

/**
 * An error that a request gets in place of its answer.
 *
 * @param headers {@code retry-after}, where the status has one
 * @param delay how long it lets the client wait
 */
public record InjectedError(int status, Headers headers, Duration delay) {
    public InjectedError {
        Objects.requireNonNull(headers);
        Objects.requireNonNull(delay);
    }

    static InjectedError of(int status) {
        return new InjectedError(status, Headers.EMPTY, Duration.ZERO);
    }

    InjectedError retryAfter(int seconds) {
        return new InjectedError(status, headers.with("retry-after", Integer.toString(seconds)), delay);
    }

    InjectedError late(Duration newDelay) {
        return new InjectedError(status, headers, newDelay);
    }
}
