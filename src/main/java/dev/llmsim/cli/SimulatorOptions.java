package dev.llmsim.cli;

import dev.llmsim.LlmSimBuilder;
import dev.llmsim.exchange.ErrorCode;
import dev.llmsim.exchange.LlmSimException;
import dev.llmsim.mode.Latency;
import dev.llmsim.provider.model.Catalogue;
import dev.llmsim.synth.Generator;
import dev.llmsim.synth.SynthSettings;
import dev.llmsim.synth.ToolUse;
import dev.llmsim.timing.LatencyProfile;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How the simulator answers, and how fast. */
final class SimulatorOptions {
    @Option(
            names = "--generator",
            paramLabel = "NAME",
            defaultValue = "lorem",
            description = "lorem, echo, random, sequence or fixed:TEXT (default: ${DEFAULT-VALUE}).")
    private String generator = "lorem";

    @Option(
            names = "--target-tokens",
            paramLabel = "N",
            defaultValue = "100",
            description = "How long an answer is, about (default: ${DEFAULT-VALUE}).")
    private int targetTokens = SynthSettings.DEFAULT_TARGET_TOKENS;

    @Option(
            names = "--tools",
            paramLabel = "WHEN",
            defaultValue = "mentioned",
            description =
                    "When a tool is called that need not be: never, mentioned or always (default: ${DEFAULT-VALUE}).")
    private ToolUse tools = ToolUse.MENTIONED;

    @Option(
            names = "--latency-profile",
            paramLabel = "NAME|FILE",
            description =
                    "How fast: gpt-5, gpt-4o, claude-sonnet, fast, instant ...; NAME-heavy has heavy tails; or a file"
                            + " that 'llmsim profile fit' wrote"
                            + " (default: that of each request's model).")
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

    @Option(
            names = "--seed",
            paramLabel = "N",
            description = "What is drawn follows from it and the requests (default: another each time).")
    private @Nullable Long seed;

    @Option(
            names = "--models",
            paramLabel = "ID",
            split = ",",
            description = "The models that are listed, in this order (default: all).")
    private List<String> models = new ArrayList<>();

    @Option(names = "--snapshots", description = "Answers name the dated model, as the real services do.")
    private boolean snapshots;

    LlmSimBuilder configure(LlmSimBuilder builder, PrintWriter err) {
        Generator.Parsed parsed = Generator.parse(generator);
        if (parsed.warningOrNull() != null) {
            err.println("llmsim: warning: " + parsed.warningOrNull());
        }
        Catalogue catalogue = Catalogue.standard().snapshots(snapshots);
        if (targetTokens < 1) {
            throw usage("--target-tokens: " + targetTokens + " (expected: 1 or more)");
        }
        builder.simulator(new SynthSettings(
                        parsed.generator(),
                        targetTokens,
                        tools,
                        models.isEmpty() ? catalogue : catalogue.available(models)))
                .latency(latency(err));
        return seed == null ? builder : builder.seed(seed);
    }

    private Latency latency(PrintWriter err) {
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
