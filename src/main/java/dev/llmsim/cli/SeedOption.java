package dev.llmsim.cli;

import dev.llmsim.LlmSimBuilder;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What everything that is drawn follows from. */
final class SeedOption {
    @Option(
            names = "--seed",
            paramLabel = "N",
            description = "What is drawn follows from it and the requests (default: another each time).")
    private @Nullable Long seed;

    LlmSimBuilder configure(LlmSimBuilder builder) {
        return seed == null ? builder : builder.seed(seed);
    }
}
