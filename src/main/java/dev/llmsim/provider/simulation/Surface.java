package dev.llmsim.provider.simulation;

import dev.llmsim.exchange.Headers;
import dev.llmsim.exchange.Request;
import dev.llmsim.provider.Dialect;
import java.util.List;
import java.util.Map;

/** One provider's API as the simulator offers it. Its endpoints are declared once, here; nothing else knows the dialect. */
public interface Surface {
    Dialect dialect();

    /** Whether this is the API of whom {@code request} is for: services that took over another's API have a surface of their own. */
    default boolean isFor(Request request) {
        return true;
    }

    /**
     * Whether this API lies at {@code base}, which stands before an endpoint in the path of {@code request}. A provider who has it at
     * one place answers 404 elsewhere, so that clients with a wrong base address are told.
     */
    default boolean isAt(List<String> base, Request request) {
        return true;
    }

    /** The first whose method and path fit a request answers it. */
    List<Endpoint> endpoints();

    /** {@code error} in the provider's envelope. */
    Answer error(ApiError error);

    /** What the provider says of a path that it does not have, with the hint that it can be recorded. */
    ApiError unknown(Request request);

    /** How its ids of tool calls look. */
    default CallIds callIds() {
        return CallIds.USUAL;
    }

    /** What the provider says under {@code status} where there is no more to say than that. */
    default String usualMessage(int status) {
        return switch (status) {
            case 400 -> "The request is invalid.";
            case 401 -> "The API key is invalid.";
            case 429 -> "Too many requests: the rate limit is exceeded. Please try again later.";
            case 503 -> "The service is overloaded. Please try again later.";
            case 504 -> "The request timed out.";
            default -> "The server had an error while processing the request.";
        };
    }

    /** The error that stands for {@code status}, where there is no more to say than that. */
    default ApiError usualError(int status) {
        return ApiError.of(status, usualMessage(status));
    }

    /** The limits of a usual account, which the headers of an answer tell where no others are set; none where it tells none. */
    default Map<RateLimit, Long> usualLimits() {
        return Map.of();
    }

    /** The headers of an answer that tell what is left of the limits. */
    default Headers allowance(Allowance left) {
        return Headers.EMPTY;
    }

    /** The error of a request for more than a limit allows. */
    default ApiError limited(Excess excess) {
        return ApiError.of(429, usualMessage(429))
                .with(Headers.of("retry-after", Long.toString(excess.delaySeconds())));
    }

    /** The longest body that the provider reads. */
    default long mostBodyBytes() {
        return Long.MAX_VALUE;
    }

    /** The error of a longer one. */
    default ApiError tooLarge(long bodyBytes) {
        return ApiError.of(
                413,
                "The body of the request is too large: " + bodyBytes + " bytes (expected: at most " + mostBodyBytes()
                        + ").");
    }
}
