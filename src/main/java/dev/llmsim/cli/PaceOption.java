package dev.llmsim.cli;

import dev.llmsim.timing.Pace;
import picocli.CommandLine.Option;

/** When the frames of a recorded answer leave. */
final class PaceOption {
    @Option(
            names = "--pace",
            paramLabel = "PACE",
            defaultValue = "recorded",
            description = "recorded, scale=F (0.5 is twice as fast) or instant (default: ${DEFAULT-VALUE}).")
    private String text = "recorded";

    Pace pace() {
        return Pace.parse(text);
    }
}
