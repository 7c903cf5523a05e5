package dev.llmsim;

import dev.llmsim.provider.anthropic.AnthropicSurface;
import dev.llmsim.provider.azure.AzureSurface;
import dev.llmsim.provider.cohere.CohereSurface;
import dev.llmsim.provider.gemini.GeminiSurface;
import dev.llmsim.provider.geminicompatible.GeminiCompatibleSurface;
import dev.llmsim.provider.ollama.OllamaSurface;
import dev.llmsim.provider.openai.OpenAiSurface;
import dev.llmsim.provider.openai.responses.ResponsesEndpoints;
import dev.llmsim.provider.simulation.Surface;
import java.util.List;

/** The APIs that are simulated: one line each. */
final class Surfaces {
    private Surfaces() {}

    static List<Surface> all() {
        return List.of(
                new AzureSurface(ResponsesEndpoints.all()),
                new GeminiCompatibleSurface(),
                new OpenAiSurface(ResponsesEndpoints.all()),
                new AnthropicSurface(),
                new GeminiSurface(),
                new OllamaSurface(),
                new CohereSurface());
    }
}
