package dev.llmsim.provider.openai;

import dev.llmsim.exchange.Headers;
import dev.llmsim.exchange.Request;
import dev.llmsim.provider.Dialect;
import dev.llmsim.provider.simulation.Allowance;
import dev.llmsim.provider.simulation.Answer;
import dev.llmsim.provider.simulation.ApiError;
import dev.llmsim.provider.simulation.Endpoint;
import dev.llmsim.provider.simulation.Excess;
import dev.llmsim.provider.simulation.Ids;
import dev.llmsim.provider.simulation.RateLimit;
import dev.llmsim.provider.simulation.Surface;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** OpenAI's API. Endpoints of other packages (responses, images) are added by the constructor. */
public final class OpenAiSurface implements Surface {
    private final List<Endpoint> endpoints;

    /** The surface with {@code further} endpoints, which get the headers of every answer as well. */
    public OpenAiSurface(List<Endpoint> further) {
        endpoints = Stream.concat(own().stream(), further.stream())
                .map(endpoint -> endpoint.withHeaders(OpenAiSurface::headers))
                .toList();
    }

    /** Its own endpoints without the headers that only OpenAI sends: for services that took over its API. */
    public static List<Endpoint> own() {
        return List.of(
                JsonEndpoint.post("chat", "chat/completions", ChatEndpoint::answer),
                JsonEndpoint.post("completions", "completions", CompletionsEndpoint::answer),
                JsonEndpoint.post("embeddings", "embeddings", EmbeddingsEndpoint::answer),
                JsonEndpoint.post("moderations", "moderations", ModerationsEndpoint::answer),
                Endpoint.of("models", "GET", "models", ModelsEndpoint::list),
                Endpoint.of("models", "GET", "models/*", ModelsEndpoint::one));
    }

    @Override
    public Dialect dialect() {
        return Dialect.OPENAI;
    }

    /** Others who offer this API have it where they like. */
    @Override
    public boolean isAt(List<String> base, Request request) {
        return !Fields.isOpenAi(request) || base.equals(List.of("v1"));
    }

    @Override
    public List<Endpoint> endpoints() {
        return endpoints;
    }

    @Override
    public Answer error(ApiError error) {
        return OpenAiErrors.answer(error);
    }

    @Override
    public ApiError unknown(Request request) {
        return ApiError.notSimulated("Invalid URL (" + request.method() + " " + request.path() + ").")
                .withType("invalid_request_error");
    }

    @Override
    public String usualMessage(int status) {
        return switch (status) {
            case 400 -> "Your request could not be processed.";
            case 401 ->
                "Incorrect API key provided. You can find your API key at https://platform.openai.com/account/api-keys.";
            case 429 -> "Rate limit reached for requests. Please try again later.";
            case 503 -> "The engine is currently overloaded, please try again later.";
            case 504 -> "The request timed out. Please try again later.";
            default -> "The server had an error while processing your request. Sorry about that!";
        };
    }

    @Override
    public Map<RateLimit, Long> usualLimits() {
        return OpenAiLimits.USUAL;
    }

    @Override
    public Headers allowance(Allowance left) {
        return OpenAiLimits.headers(left);
    }

    @Override
    public ApiError limited(Excess excess) {
        return OpenAiLimits.limited(excess);
    }

    /**
     * Those that the real service sends with every answer; the number of milliseconds is drawn. Others who offer this API do not send
     * them.
     */
    private static Headers headers(Request request, Ids ids) {
        if (!Fields.isOpenAi(request)) {
            return Headers.EMPTY;
        }
        int millis = 100 + Integer.parseInt(ids.hex("", 3), 16) / 8;
        return Headers.of(
                "openai-organization", "llmsim",
                "openai-processing-ms", Integer.toString(millis),
                "openai-project", "proj_llmsim",
                "openai-version", "2020-10-01",
                "x-request-id", ids.hex("req_", 32));
    }
}
