package dev.llmsim;

import dev.llmsim.provider.Dialect;
import dev.llmsim.provider.SocketDialect;
import dev.llmsim.provider.anthropic.AnthropicSurface;
import dev.llmsim.provider.azure.AzureSurface;
import dev.llmsim.provider.bedrock.BedrockSurface;
import dev.llmsim.provider.cohere.CohereSurface;
import dev.llmsim.provider.gemini.GeminiSurface;
import dev.llmsim.provider.geminicompatible.GeminiCompatibleSurface;
import dev.llmsim.provider.ollama.OllamaSurface;
import dev.llmsim.provider.openai.OpenAiSurface;
import dev.llmsim.provider.openai.images.ImagesEndpoints;
import dev.llmsim.provider.openai.responses.ResponsesEndpoints;
import dev.llmsim.provider.openai.responses.ResponsesSocket;
import dev.llmsim.provider.simulation.Endpoint;
import dev.llmsim.provider.simulation.Surface;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The APIs that are simulated: one line each. */
final class Surfaces {
    private Surfaces() {}

    static List<Surface> all() {
        return List.of(
                new AzureSurface(ResponsesEndpoints.all()),
                new GeminiCompatibleSurface(),
                new OpenAiSurface(both(ResponsesEndpoints.all(), ImagesEndpoints.all())),
                new AnthropicSurface(),
                new GeminiSurface(),
                new OllamaSurface(),
                new CohereSurface(),
                new BedrockSurface());
    }

    private static List<Endpoint> both(List<Endpoint> some, List<Endpoint> others) {
        return Stream.concat(some.stream(), others.stream()).toList();
    }

    /** Those that are spoken over WebSocket as well. */
    static Map<Dialect, SocketDialect> sockets() {
        return Map.of(Dialect.OPENAI, new ResponsesSocket());
    }
}
