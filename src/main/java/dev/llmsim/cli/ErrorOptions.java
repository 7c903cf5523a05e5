package dev.llmsim.cli;

import dev.llmsim.exchange.ErrorCode;
import dev.llmsim.exchange.LlmSimException;
import dev.llmsim.synth.errors.ErrorRates;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Errors in place of answers. */
final class ErrorOptions {
    @Option(
            names = "--errors",
            paramLabel = "NAME",
            defaultValue = "none",
            description = "Errors in place of answers: none, chaos or rate_limited; rates of one's own go before"
                    + " (default: ${DEFAULT-VALUE}).")
    private String preset = "none";

    @Option(names = "--rate-limit-rate", paramLabel = "RATE", description = "How often 429: 0 (never) to 1 (always).")
    private @Nullable Double rateLimit;

    @Option(names = "--server-error-rate", paramLabel = "RATE", description = "How often 500 or 503.")
    private @Nullable Double serverError;

    @Option(names = "--timeout-rate", paramLabel = "RATE", description = "How often 504.")
    private @Nullable Double timeout;

    @Option(names = "--timeout-after-ms", paramLabel = "MS", description = "How long before a 504 (30000).")
    private @Nullable Long timeoutAfterMillis;

    @Option(names = "--invalid-request-rate", paramLabel = "RATE", description = "How often 400.")
    private @Nullable Double invalidRequest;

    @Option(names = "--auth-error-rate", paramLabel = "RATE", description = "How often 401.")
    private @Nullable Double authError;

    ErrorRates rates() {
        ErrorRates named = ErrorRates.byName(preset)
                .orElseThrow(() -> usage(
                        "--errors: " + preset + " (expected: one of " + String.join(", ", ErrorRates.names()) + ")"));
        try {
            return new ErrorRates(
                    Objects.requireNonNullElse(rateLimit, named.rateLimit()),
                    Objects.requireNonNullElse(serverError, named.serverError()),
                    Objects.requireNonNullElse(timeout, named.timeout()),
                    Optional.ofNullable(timeoutAfterMillis)
                            .map(Duration::ofMillis)
                            .orElse(named.timeoutAfter()),
                    Objects.requireNonNullElse(invalidRequest, named.invalidRequest()),
                    Objects.requireNonNullElse(authError, named.authError()));
        } catch (IllegalArgumentException e) {
            throw usage("errors: " + e.getMessage());
        }
    }

    private static LlmSimException usage(String message) {
        return new LlmSimException(ErrorCode.USAGE, message);
    }
}
