package dev.llmsim.cli;

import dev.llmsim.exchange.ErrorCode;
import dev.llmsim.exchange.LlmSimException;
import dev.llmsim.mode.Latency;
import dev.llmsim.timing.LatencyProfile;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How fast the simulator answers. */
final class LatencyOptions {
    @Option(
            names = "--latency-profile",
            paramLabel = "NAME|FILE",
            description =
                    "How fast: gpt-5, gpt-4o, claude-sonnet, fast, instant ...; NAME-heavy has heavy tails; or a file"
                            + " that 'llmsim profile fit' wrote (default: that of each request's model).")
    private @Nullable String profileName;

    @Option(
            names = "--ttft-mean-ms",
            paramLabel = "MS",
            description =
                    "Own latency instead of a profile: mean time to the first token (600 where others are given).")
    private @Nullable Double ttftMeanMillis;

    @Option(names = "--ttft-stddev-ms", paramLabel = "MS", description = "Its standard deviation (150).")
    private @Nullable Double ttftStddevMillis;

    @Option(names = "--tbt-mean-ms", paramLabel = "MS", description = "Mean time between tokens (40).")
    private @Nullable Double tbtMeanMillis;

    @Option(names = "--tbt-stddev-ms", paramLabel = "MS", description = "Its standard deviation (12).")
    private @Nullable Double tbtStddevMillis;

    @Option(
            names = "--non-streaming",
            paramLabel = "WAIT",
            defaultValue = "full",
            description = "How long a whole answer takes: full (as its tokens do) or ttft (default: ${DEFAULT-VALUE}).")
    private String nonStreaming = "full";

    Latency latency(PrintWriter err) {
        boolean whole = switch (nonStreaming.toLowerCase(Locale.ROOT)) {
            case "full" -> true;
            case "ttft" -> false;
            default -> throw usage("--non-streaming: " + nonStreaming + " (expected: full or ttft)");
        };
        if (profileName == null) {
            return own().map(profile -> new Latency(model -> profile, whole))
                    .orElseGet(() -> new Latency(LatencyProfile::ofModel, whole));
        }
        Optional<LatencyProfile> named = ProfileFile.find(profileName);
        if (named.isEmpty()) {
            err.println("llmsim: warning: --latency-profile: " + profileName
                    + " is unknown, gpt-5 is taken (expected: one of "
                    + String.join(", ", LatencyProfile.names()) + ", or one of these with " + LatencyProfile.HEAVY
                    + ")");
        }
        LatencyProfile profile = named.orElseGet(() -> LatencyProfile.ofModel("gpt-5"));
        return new Latency(model -> profile, whole);
    }

    private Optional<LatencyProfile> own() {
        if (Stream.of(ttftMeanMillis, ttftStddevMillis, tbtMeanMillis, tbtStddevMillis)
                .allMatch(Objects::isNull)) {
            return Optional.empty();
        }
        try {
            return Optional.of(LatencyProfile.ofMillis(
                    Objects.requireNonNullElse(ttftMeanMillis, 600.0),
                    Objects.requireNonNullElse(ttftStddevMillis, 150.0),
                    Objects.requireNonNullElse(tbtMeanMillis, 40.0),
                    Objects.requireNonNullElse(tbtStddevMillis, 12.0)));
        } catch (IllegalArgumentException e) {
            throw usage(String.valueOf(e.getMessage()));
        }
    }

    private static LlmSimException usage(String message) {
        return new LlmSimException(ErrorCode.USAGE, message);
    }
}
