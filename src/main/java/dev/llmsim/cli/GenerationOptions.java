package dev.llmsim.cli;

import dev.llmsim.exchange.ErrorCode;
import dev.llmsim.exchange.LlmSimException;
import dev.llmsim.provider.model.Catalogue;
import dev.llmsim.synth.Generator;
import dev.llmsim.synth.SynthSettings;
import dev.llmsim.synth.ToolUse;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;

/** What the simulator says. */
final class GenerationOptions {
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
            names = "--models",
            paramLabel = "ID",
            split = ",",
            description = "The models that are listed, in this order (default: all).")
    private List<String> models = new ArrayList<>();

    @Option(names = "--snapshots", description = "Answers name the dated model, as the real services do.")
    private boolean snapshots;

    SynthSettings settings(PrintWriter err) {
        Generator.Parsed parsed = Generator.parse(generator);
        if (parsed.warningOrNull() != null) {
            err.println("llmsim: warning: " + parsed.warningOrNull());
        }
        Catalogue catalogue = Catalogue.standard().snapshots(snapshots);
        if (targetTokens < 1 || targetTokens > SynthSettings.MAX_TARGET_TOKENS) {
            throw new LlmSimException(
                    ErrorCode.USAGE,
                    "--target-tokens: " + targetTokens + " (expected: 1 to " + SynthSettings.MAX_TARGET_TOKENS + ")");
        }
        return new SynthSettings(
                parsed.generator(), targetTokens, tools, models.isEmpty() ? catalogue : catalogue.available(models));
    }
}
