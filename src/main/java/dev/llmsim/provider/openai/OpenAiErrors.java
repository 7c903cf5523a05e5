package dev.llmsim.provider.openai;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.llmsim.provider.simulation.Answer;
import dev.llmsim.provider.simulation.ApiError;
import dev.llmsim.provider.simulation.Json;
import dev.llmsim.provider.simulation.Work;
import org.jspecify.annotations.Nullable;

/** The envelope of OpenAI's errors: always four members, null where they say nothing. */
final class OpenAiErrors {
    private OpenAiErrors() {}

    static Answer answer(ApiError error) {
        ObjectNode envelope = Json.object();
        envelope.putObject("error")
                .put("message", error.message())
                .put("type", error.type() == null ? usualType(error.status()) : error.type())
                .put("param", error.param())
                .put("code", error.code() == null ? usualCode(error.status()) : error.code());
        return Answer.json(error.status(), envelope, Work.NONE).with(error.headers());
    }

    private static String usualType(int status) {
        return switch (status) {
            case 401 -> "authentication_error";
            case 404 -> "not_found_error";
            case 429 -> "rate_limit_error";
            case 503 -> "service_unavailable";
            case 504 -> "timeout_error";
            default -> status >= 500 ? "server_error" : "invalid_request_error";
        };
    }

    private static @Nullable String usualCode(int status) {
        return switch (status) {
            case 401 -> "invalid_api_key";
            case 429 -> "rate_limit_exceeded";
            default -> null;
        };
    }
}
