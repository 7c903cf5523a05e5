package dev.llmsim.cli;

import dev.llmsim.timing.Pace;
import picocli.CommandLine.Option;

/** When the frames of a recorded answer leave. */
final class PaceOption {
    @Option(
            names = "--pace",
            paramLabel = "PACE",
            defaultValue = "recorded",
            description =
                    "recorded, scale=F (0.5 is twice as fast), profile=NAME|FILE or instant (default: ${DEFAULT-VALUE}).")
    private String text = "recorded";

    Pace pace() {
        return text.startsWith(Pace.PROFILE)
                ? ProfileFile.find(text.substring(Pace.PROFILE.length()))
                        .<Pace>map(Pace.Profile::new)
                        .orElseGet(() -> Pace.parse(text))
                : Pace.parse(text);
    }
}
