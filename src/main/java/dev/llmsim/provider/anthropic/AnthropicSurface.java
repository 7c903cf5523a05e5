package dev.llmsim.provider.anthropic;

import dev.llmsim.exchange.Headers;
import dev.llmsim.exchange.Request;
import dev.llmsim.provider.Dialect;
import dev.llmsim.provider.simulation.Answer;
import dev.llmsim.provider.simulation.ApiError;
import dev.llmsim.provider.simulation.Endpoint;
import dev.llmsim.provider.simulation.Ids;
import dev.llmsim.provider.simulation.Surface;
import java.util.List;
import java.util.stream.Stream;

/** Anthropic's API. */
public final class AnthropicSurface implements Surface {
    private static final String ORGANIZATION = "11c51c51-0000-4000-8000-000000000000";

    private final List<Endpoint> endpoints = Stream.of(
                    Endpoint.of("messages", "POST", "messages", MessagesEndpoint::answer),
                    Endpoint.of("count_tokens", "POST", "messages/count_tokens", MessagesEndpoint::count),
                    Endpoint.of("models", "GET", "models", ModelsEndpoint::list),
                    Endpoint.of("models", "GET", "models/*", ModelsEndpoint::one))
            .map(endpoint -> endpoint.withHeaders(AnthropicSurface::headers))
            .toList();

    @Override
    public Dialect dialect() {
        return Dialect.ANTHROPIC;
    }

    @Override
    public List<Endpoint> endpoints() {
        return endpoints;
    }

    @Override
    public Answer error(ApiError error) {
        return AnthropicErrors.answer(error);
    }

    @Override
    public ApiError unknown(Request request) {
        return ApiError.of(
                404,
                "Not Found: llmsim does not simulate " + request.method() + " " + request.path()
                        + "; record it from the provider (llmsim record) to have it replayed.");
    }

    /** Those that the real service sends with every answer. */
    private static Headers headers(Ids ids) {
        return Headers.of(
                AnthropicErrors.REQUEST_ID,
                ids.alphanumeric("req_011C", 20),
                "anthropic-organization-id",
                ORGANIZATION);
    }
}
