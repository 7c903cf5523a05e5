package dev.llmsim.provider.ollama;

import com.fasterxml.jackson.databind.JsonNode;
import dev.llmsim.exchange.Request;
import dev.llmsim.provider.Dialect;
import dev.llmsim.provider.simulation.Answer;
import dev.llmsim.provider.simulation.ApiError;
import dev.llmsim.provider.simulation.CallIds;
import dev.llmsim.provider.simulation.Endpoint;
import dev.llmsim.provider.simulation.Json;
import dev.llmsim.provider.simulation.Surface;
import dev.llmsim.provider.simulation.Work;
import java.util.List;

/** Ollama's API. What it has of OpenAI's and Anthropic's is answered by their surfaces, but for the list of models. */
public final class OllamaSurface implements Surface {
    private static final String JSON = "application/json; charset=utf-8";

    private final List<Endpoint> endpoints = List.of(
            Endpoint.of("chat", "POST", "api/chat", ChatEndpoint::answer),
            Endpoint.of("generate", "POST", "api/generate", GenerateEndpoint::answer),
            Endpoint.of("embeddings", "POST", "api/embed", EmbedEndpoint::answer),
            Endpoint.of("embeddings", "POST", "api/embeddings", EmbedEndpoint::legacy),
            Endpoint.of("models", "GET", "api/tags", ModelsEndpoint::tags),
            Endpoint.of("models", "GET", "api/ps", ModelsEndpoint::running),
            Endpoint.of("models", "POST", "api/show", ModelsEndpoint::show).unmetered(),
            Endpoint.of("version", "GET", "api/version", ModelsEndpoint::version),
            Endpoint.of("models", "GET", "v1/models", ModelsEndpoint::compatible),
            Endpoint.of("models", "GET", "v1/models/*", ModelsEndpoint::oneCompatible));

    @Override
    public Dialect dialect() {
        return Dialect.OLLAMA;
    }

    @Override
    public List<Endpoint> endpoints() {
        return endpoints;
    }

    @Override
    public Answer error(ApiError error) {
        return json(error.status(), Json.object().put("error", error.message()), Work.NONE)
                .with(error.headers());
    }

    @Override
    public CallIds callIds() {
        return CallIds.of("call_", 8);
    }

    @Override
    public ApiError unknown(Request request) {
        return ApiError.notSimulated("404 page not found: " + request.method() + " " + request.path() + ".");
    }

    static Answer json(JsonNode body, Work work) {
        return json(200, body, work);
    }

    private static Answer json(int status, JsonNode body, Work work) {
        return Answer.body(status, JSON, Json.write(body), work);
    }
}
