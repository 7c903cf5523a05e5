package dev.llmsim.synth;

import dev.llmsim.provider.model.Catalogue;
import java.util.Objects;

/**
 * How the simulator answers.
 *
 * @param targetTokens how long an answer is, about, where its generator does not say
 */
public record SynthSettings(Generator generator, int targetTokens, ToolUse tools, Catalogue catalogue) {
    public static final int DEFAULT_TARGET_TOKENS = 100;

    /** What is so unless something else is asked for. */
    public static final SynthSettings DEFAULT =
            new SynthSettings(Generator.LOREM, DEFAULT_TARGET_TOKENS, ToolUse.MENTIONED, Catalogue.standard());

    public SynthSettings {
        Objects.requireNonNull(generator);
        Objects.requireNonNull(tools);
        Objects.requireNonNull(catalogue);
        if (targetTokens < 1) {
            throw new IllegalArgumentException("target tokens: " + targetTokens + " (expected: 1 or more)");
        }
    }
}
