package dev.llmsim.cli;

import dev.llmsim.LlmSimBuilder;
import java.io.PrintWriter;
import picocli.CommandLine.Mixin;

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

    @Mixin
    private SeedOption seed = new SeedOption();

    LlmSimBuilder configure(LlmSimBuilder builder, PrintWriter err) {
        builder.simulator(generation.settings(err))
                .latency(latency.latency(err))
                .errors(errors.rates())
                .quota(limits.quota());
        return seed.configure(builder);
    }
}
