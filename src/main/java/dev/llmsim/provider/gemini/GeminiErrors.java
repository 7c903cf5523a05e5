package dev.llmsim.provider.gemini;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.llmsim.provider.simulation.Answer;
import dev.llmsim.provider.simulation.ApiError;
import dev.llmsim.provider.simulation.Json;
import dev.llmsim.provider.simulation.Work;

/** The envelope of Gemini's errors: a {@code google.rpc.Status}. */
final class GeminiErrors {
    private static final String TYPES = "type.googleapis.com/google.rpc.";
    private static final String BAD_KEY = "API_KEY_INVALID";

    private GeminiErrors() {}

    /** A key that is none: the request is invalid (as recorded), not unauthenticated, which is for other credentials. */
    static ApiError badKey() {
        return ApiError.of(400, "API key not valid. Please pass a valid API key.")
                .withCode(BAD_KEY);
    }

    static Answer answer(ApiError error) {
        return answer(error, envelope(error));
    }

    /** As the only element of an array. */
    static Answer inArray(ApiError error) {
        return answer(error, Json.object().arrayNode().add(envelope(error)));
    }

    private static Answer answer(ApiError error, JsonNode body) {
        return Answer.body(error.status(), GeminiSurface.JSON, Json.write(body), Work.NONE)
                .with(error.headers());
    }

    private static ObjectNode envelope(ApiError error) {
        ObjectNode envelope = Json.object();
        ObjectNode json = envelope.putObject("error")
                .put("code", error.status())
                .put("message", error.message())
                .put("status", status(error));
        ArrayNode details = json.arrayNode();
        addDetails(error, details);
        if (!details.isEmpty()) {
            json.set("details", details);
        }
        return envelope;
    }

    private static void addDetails(ApiError error, ArrayNode details) {
        if (error.param() != null) {
            details.addObject()
                    .put("@type", TYPES + "BadRequest")
                    .putArray("fieldViolations")
                    .addObject()
                    .put("field", error.param())
                    .put("description", error.message());
        }
        if (BAD_KEY.equals(error.code())) {
            details.addObject()
                    .put("@type", TYPES + "ErrorInfo")
                    .put("reason", BAD_KEY)
                    .put("domain", "googleapis.com")
                    .putObject("metadata")
                    .put("service", "generativelanguage.googleapis.com");
        }
        Quotas.addDetails(error, TYPES, details);
        // this API tells in the body when to come back
        error.headers()
                .first("retry-after")
                .ifPresent(seconds ->
                        details.addObject().put("@type", TYPES + "RetryInfo").put("retryDelay", seconds + "s"));
    }

    /** The type where it is one of google.rpc.Code's names, else the usual one. */
    private static String status(ApiError error) {
        String type = error.type();
        boolean isCode = type != null && type.chars().allMatch(c -> (c >= 'A' && c <= 'Z') || c == '_');
        return type != null && isCode ? type : usualStatus(error.status());
    }

    private static String usualStatus(int status) {
        return switch (status) {
            case 401 -> "UNAUTHENTICATED";
            case 403 -> "PERMISSION_DENIED";
            case 404 -> "NOT_FOUND";
            case 409 -> "ABORTED";
            case 429 -> "RESOURCE_EXHAUSTED";
            case 499 -> "CANCELLED";
            case 405, 501 -> "UNIMPLEMENTED";
            case 502, 503 -> "UNAVAILABLE";
            case 504 -> "DEADLINE_EXCEEDED";
            default -> status >= 500 ? "INTERNAL" : "INVALID_ARGUMENT";
        };
    }
}
