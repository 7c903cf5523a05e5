package dev.llmsim.synth;

import dev.llmsim.provider.model.Catalogue;
import dev.llmsim.synth.script.Script;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How the simulator answers.
 *
 * @param targetTokens how long an answer is, about, where its generator does not say
 * @param scriptOrNull what each session is answered with first; absent where there is no such thing
 */
public record SynthSettings(
        Generator generator,
        int targetTokens,
        ToolUse tools,
        Catalogue catalogue,
        @Nullable Script scriptOrNull) {
    public static final int DEFAULT_TARGET_TOKENS = 100;
    public static final int MAX_TARGET_TOKENS = 1_000_000;

    /** What is so unless something else is asked for. */
    public static final SynthSettings DEFAULT =
            new SynthSettings(Generator.LOREM, DEFAULT_TARGET_TOKENS, ToolUse.MENTIONED, Catalogue.standard());

    public SynthSettings {
        Objects.requireNonNull(generator);
        Objects.requireNonNull(tools);
        Objects.requireNonNull(catalogue);
        if (targetTokens < 1 || targetTokens > MAX_TARGET_TOKENS) {
            throw new IllegalArgumentException(
                    "target tokens: " + targetTokens + " (expected: 1 to " + MAX_TARGET_TOKENS + ")");
        }
    }

    public SynthSettings(Generator generator, int targetTokens, ToolUse tools, Catalogue catalogue) {
        this(generator, targetTokens, tools, catalogue, null);
    }

    /** The same with a script. */
    public SynthSettings withScript(Script script) {
        return new SynthSettings(generator, targetTokens, tools, catalogue, script);
    }

    public Optional<Script> script() {
        return Optional.ofNullable(scriptOrNull);
    }
}
