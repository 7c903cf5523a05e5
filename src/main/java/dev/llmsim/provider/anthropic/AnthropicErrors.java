package dev.llmsim.provider.anthropic;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.llmsim.exchange.Headers;
import dev.llmsim.provider.simulation.Answer;
import dev.llmsim.provider.simulation.ApiError;
import dev.llmsim.provider.simulation.Json;
import dev.llmsim.provider.simulation.Work;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.UUID;

/** The envelope of Anthropic's errors. */
final class AnthropicErrors {
    static final String REQUEST_ID = "request-id";

    /** platform.claude.com "Errors". */
    private static final Set<String> TYPES = Set.of(
            "invalid_request_error",
            "authentication_error",
            "billing_error",
            "permission_error",
            "not_found_error",
            "conflict_error",
            "request_too_large",
            "rate_limit_error",
            "api_error",
            "timeout_error",
            "overloaded_error");

    private AnthropicErrors() {}

    static Answer answer(ApiError error) {
        ApiError named = error.headers().contains(REQUEST_ID)
                ? error
                : error.with(Headers.of(REQUEST_ID, requestId(error.status() + error.message())));
        ObjectNode envelope = Json.object().put("type", "error");
        envelope.putObject("error").put("type", type(error)).put("message", error.message());
        envelope.put("request_id", named.headers().first(REQUEST_ID).orElseThrow());
        return Answer.json(error.status(), envelope, Work.NONE).with(named.headers());
    }

    /** An id for an error that no endpoint gave one: the same for the same error. */
    private static String requestId(String error) {
        String drawn = UUID.nameUUIDFromBytes(error.getBytes(StandardCharsets.UTF_8))
                .toString()
                .replace("-", "");
        return "req_011C" + drawn.substring(0, 20);
    }

    private static String type(ApiError error) {
        String type = error.type();
        return type != null && TYPES.contains(type) ? type : usualType(error.status());
    }

    private static String usualType(int status) {
        return switch (status) {
            case 401 -> "authentication_error";
            case 402 -> "billing_error";
            case 403 -> "permission_error";
            case 404 -> "not_found_error";
            case 409 -> "conflict_error";
            case 413 -> "request_too_large";
            case 429 -> "rate_limit_error";
            case 529 -> "overloaded_error";
            default -> status >= 500 ? "api_error" : "invalid_request_error";
        };
    }
}
