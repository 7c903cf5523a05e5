package dev.llmsim.provider.cohere;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.llmsim.exchange.Headers;
import dev.llmsim.exchange.Request;
import dev.llmsim.provider.Dialect;
import dev.llmsim.provider.simulation.Answer;
import dev.llmsim.provider.simulation.ApiError;
import dev.llmsim.provider.simulation.CallIds;
import dev.llmsim.provider.simulation.Endpoint;
import dev.llmsim.provider.simulation.Ids;
import dev.llmsim.provider.simulation.Json;
import dev.llmsim.provider.simulation.Surface;
import dev.llmsim.provider.simulation.Work;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

/** Cohere's API. */
public final class CohereSurface implements Surface {
    private final List<Endpoint> endpoints = Stream.of(
                    Endpoint.of("chat", "POST", "v2/chat", ChatEndpoint::answer),
                    Endpoint.of("embeddings", "POST", "v2/embed", EmbedEndpoint::answer))
            .map(endpoint -> endpoint.withHeaders(CohereSurface::headers))
            .toList();

    @Override
    public Dialect dialect() {
        return Dialect.COHERE;
    }

    @Override
    public List<Endpoint> endpoints() {
        return endpoints;
    }

    /** Two members; the id is the same for the same error. */
    @Override
    public Answer error(ApiError error) {
        String seed = error.status() + error.message();
        ObjectNode envelope = Json.object()
                .put(
                        "id",
                        UUID.nameUUIDFromBytes(seed.getBytes(StandardCharsets.UTF_8))
                                .toString())
                .put("message", error.message());
        return Answer.json(error.status(), envelope, Work.NONE).with(error.headers());
    }

    /** docs.cohere.com "Errors": the examples of each status. */
    @Override
    public String usualMessage(int status) {
        return switch (status) {
            case 401 -> "invalid api token";
            case 429 -> "You are past the per minute request limit, please wait and try again later.";
            default -> Surface.super.usualMessage(status);
        };
    }

    @Override
    public CallIds callIds() {
        return new CallIds("", 12, "call_");
    }

    @Override
    public ApiError unknown(Request request) {
        return ApiError.notSimulated("Not Found: " + request.method() + " " + request.path() + ".");
    }

    private static Headers headers(Ids ids) {
        return Headers.of("x-debug-trace-id", ids.hex("", 32));
    }
}
