package dev.llmsim;

import dev.llmsim.provider.Dialect;
import dev.llmsim.provider.SocketDialect;
import dev.llmsim.provider.anthropic.AnthropicSurface;
import dev.llmsim.provider.gemini.GeminiSurface;
import dev.llmsim.provider.openai.OpenAiSurface;
import dev.llmsim.provider.openai.ResponsesSocket;
import dev.llmsim.provider.simulation.Surface;
import java.util.List;
import java.util.Map;

/** The APIs that are simulated: one line each. */
final class Surfaces {
    private Surfaces() {}

    static List<Surface> all() {
        return List.of(new OpenAiSurface(List.of()), new AnthropicSurface(), new GeminiSurface());
    }

    /** Those that are spoken over WebSocket as well. */
    static Map<Dialect, SocketDialect> sockets() {
        return Map.of(Dialect.OPENAI, new ResponsesSocket());
    }
}
