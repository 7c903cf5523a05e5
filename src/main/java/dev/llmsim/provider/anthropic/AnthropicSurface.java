package dev.llmsim.provider.anthropic;

import dev.llmsim.exchange.Headers;
import dev.llmsim.exchange.Request;
import dev.llmsim.provider.Dialect;
import dev.llmsim.provider.simulation.Allowance;
import dev.llmsim.provider.simulation.Answer;
import dev.llmsim.provider.simulation.ApiError;
import dev.llmsim.provider.simulation.CallIds;
import dev.llmsim.provider.simulation.Endpoint;
import dev.llmsim.provider.simulation.Excess;
import dev.llmsim.provider.simulation.Ids;
import dev.llmsim.provider.simulation.RateLimit;
import dev.llmsim.provider.simulation.Surface;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Anthropic's API. */
public final class AnthropicSurface implements Surface {
    static final String ORGANIZATION = "11c51c51-0000-4000-8000-000000000000";

    /** 32 MB (platform.claude.com "Request size limits"). */
    private static final long MOST_BODY_BYTES = 32L << 20;

    private final List<Endpoint> endpoints = Stream.of(
                    Endpoint.of("messages", "POST", "messages", MessagesEndpoint::answer)
                            .echoingAll(),
                    Endpoint.of("count_tokens", "POST", "messages/count_tokens", MessagesEndpoint::count)
                            .unmetered(),
                    Endpoint.of("models", "GET", "models", ModelsEndpoint::list),
                    Endpoint.of("models", "GET", "models/*", ModelsEndpoint::one))
            .map(endpoint -> endpoint.withHeaders(AnthropicSurface::headers))
            .toList();

    @Override
    public Dialect dialect() {
        return Dialect.ANTHROPIC;
    }

    /** Others who offer this API have it where they like. */
    @Override
    public boolean isAt(List<String> base, Request request) {
        return !request.upstream().equals("anthropic") || base.equals(List.of("v1"));
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
    public CallIds callIds() {
        return CallIds.of("toolu_01", 22);
    }

    @Override
    public ApiError unknown(Request request) {
        return ApiError.notSimulated("Not Found: " + request.method() + " " + request.path() + ".");
    }

    @Override
    public String usualMessage(int status) {
        return switch (status) {
            case 400 -> "Invalid request";
            case 401 -> "invalid x-api-key";
            case 429 ->
                "Number of requests has exceeded your per-minute rate limit"
                        + " (https://docs.claude.com/en/api/rate-limits); see the response headers for current usage."
                        + " Please try again later.";
            case 503 -> "Service unavailable";
            case 504 -> "Request timed out";
            default -> "Internal server error";
        };
    }

    @Override
    public Map<RateLimit, Long> usualLimits() {
        return RateLimits.USUAL;
    }

    @Override
    public Headers allowance(Allowance left) {
        return RateLimits.headers(left);
    }

    @Override
    public ApiError limited(Excess excess) {
        return RateLimits.limited(excess);
    }

    @Override
    public long mostBodyBytes() {
        return MOST_BODY_BYTES;
    }

    @Override
    public ApiError tooLarge(long bodyBytes) {
        return ApiError.of(413, "Request exceeds the maximum size");
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
