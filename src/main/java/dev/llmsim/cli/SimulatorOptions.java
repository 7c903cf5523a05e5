package dev.llmsim.cli;

import dev.llmsim.LlmSimBuilder;
import java.io.PrintWriter;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What the simulator says, how fast, and what stands in between. */
final class SimulatorOptions {
    @Mixin
    private GenerationOptions generation = new GenerationOptions();

    @Mixin
    private LatencyOptions latency = new LatencyOptions();

    @Mixin
    private ErrorOptions errors = new ErrorOptions();

    @Mixin
    private LimitOptions limits = new LimitOptions();

    @Option(
            names = "--seed",
            paramLabel = "N",
            description = "What is drawn follows from it and the requests (default: another each time).")
    private @Nullable Long seed;

    LlmSimBuilder configure(LlmSimBuilder builder, PrintWriter err) {
        builder.simulator(generation.settings(err))
                .latency(latency.latency(err))
                .errors(errors.rates())
                .quota(limits.quota());
        return seed == null ? builder : builder.seed(seed);
    }
}
