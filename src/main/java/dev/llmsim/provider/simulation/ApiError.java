package dev.llmsim.provider.simulation;

import dev.llmsim.exchange.Headers;
import org.jspecify.annotations.Nullable;

/**
 * An error as an API tells it; each surface writes it in its own envelope.
 *
 * @param type the provider's own type; the surface's usual one for the status where absent
 * @param code a machine-readable code
 * @param param the field that is wrong, in the provider's spelling
 * @param headers beside {@code content-type}, for instance {@code retry-after}
 */
public record ApiError(
        int status,
        @Nullable String type,
        @Nullable String code,
        @Nullable String param,
        String message,
        Headers headers) {

    public static ApiError of(int status, String message) {
        return new ApiError(status, null, null, null, message, Headers.EMPTY);
    }

    /** 404 in the provider's {@code words} for a path that it does not have, with the hint that it can be recorded. */
    public static ApiError notSimulated(String words) {
        return of(
                404,
                words
                        + " llmsim does not simulate it; record it from the provider (llmsim record) to have it replayed.");
    }

    /** The same with {@code more} at the end of its message. */
    public ApiError saying(String more) {
        return new ApiError(status, type, code, param, message + more, headers);
    }

    public ApiError withType(String newType) {
        return new ApiError(status, newType, code, param, message, headers);
    }

    public ApiError withCode(String newCode) {
        return new ApiError(status, type, newCode, param, message, headers);
    }

    /** The same with headers beside its own. */
    public ApiError with(Headers more) {
        return new ApiError(status, type, code, param, message, headers.and(more));
    }

    public ApiError withParam(String newParam) {
        return new ApiError(status, type, code, newParam, message, headers);
    }
}
