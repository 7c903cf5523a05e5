package dev.llmsim.mode;

import dev.llmsim.exchange.Ending;
import dev.llmsim.exchange.Recording;
import dev.llmsim.exchange.ResponseHead;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How a recorded exchange came out, as far as it decides whether it may be served.
 *
 * @param flawOrNull why it would not replay as it was sent; absent where nothing speaks against it
 * @param status 0 where upstream failed before it sent a head
 */
public record Outcome(@Nullable String flawOrNull, int status, Ending ending) {
    /** The outcome of a recording that nothing speaks against. */
    public static Outcome of(Recording recording) {
        int status = recording.response().head().map(ResponseHead::status).orElse(0);
        return new Outcome(null, status, recording.response().ending());
    }

    public Optional<String> flaw() {
        return Optional.ofNullable(flawOrNull);
    }

    /** Whether {@code mode} answers with it. {@code auto} does not answer a retry with a recorded failure. */
    public boolean isServedBy(Mode mode) {
        boolean success = ending == Ending.COMPLETE && status >= 200 && status < 400;
        return flawOrNull == null && mode.looksUp() && (success || !mode.connects());
    }
}
