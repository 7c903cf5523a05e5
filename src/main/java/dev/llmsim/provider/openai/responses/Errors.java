package dev.llmsim.provider.openai.responses;

import com.fasterxml.jackson.databind.JsonNode;
import dev.llmsim.provider.openai.FieldErrors;
import dev.llmsim.provider.simulation.ApiError;
import dev.llmsim.provider.simulation.ApiErrorException;

/** What this API says beside what all of OpenAI's say, word for word. */
final class Errors {
    private static final String INVALID = "invalid_request_error";

    private Errors() {}

    /** A 400 that names no field. */
    static ApiErrorException request(String message) {
        return new ApiErrorException(ApiError.of(400, message).withType(INVALID));
    }

    static ApiErrorException notFound(String what, String id) {
        return new ApiErrorException(
                ApiError.of(404, what + " with id '" + id + "' not found.").withType(INVALID));
    }

    static ApiErrorException noItem(String id) {
        String message = "Item with id '" + id + "' not found. Items are not persisted when `store` is set to false."
                + " Try again with `store` set to true, or remove this item from your input.";
        return new ApiErrorException(ApiError.of(404, message).withType(INVALID).withParam("input"));
    }

    static ApiErrorException noPrevious(String id) {
        return FieldErrors.of(
                "previous_response_id",
                "previous_response_not_found",
                "Previous response with id '" + id + "' not found.");
    }

    static ApiErrorException unknown(String param) {
        return FieldErrors.of(param, "unknown_parameter", "Unknown parameter: '" + param + "'.");
    }

    /** A null that is not taken for absent; the service calls it an object. */
    static ApiErrorException nullType(String param) {
        return FieldErrors.of(
                param,
                "invalid_type",
                "Invalid type for '" + param + "': expected a string, but got an object instead.");
    }

    static ApiErrorException type(String param, String expected, JsonNode got) {
        return FieldErrors.type(param, expected, got);
    }

    static ApiErrorException noLogprobs(String param) {
        return FieldErrors.of(param, "unsupported_parameter", "logprobs are not supported with reasoning models.");
    }

    static ApiErrorException tooLong() {
        return FieldErrors.of(
                "input",
                "context_length_exceeded",
                "Your input exceeds the context window of this model. Please adjust your input and try again.");
    }
}
