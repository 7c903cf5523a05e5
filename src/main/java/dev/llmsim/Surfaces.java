package dev.llmsim;

import dev.llmsim.provider.anthropic.AnthropicSurface;
import dev.llmsim.provider.bedrock.BedrockSurface;
import dev.llmsim.provider.gemini.GeminiSurface;
import dev.llmsim.provider.openai.OpenAiSurface;
import dev.llmsim.provider.simulation.Surface;
import java.util.List;

/** The APIs that are simulated: one line each. */
final class Surfaces {
    private Surfaces() {}

    static List<Surface> all() {
        return List.of(new OpenAiSurface(List.of()), new AnthropicSurface(), new GeminiSurface(), new BedrockSurface());
    }
}
