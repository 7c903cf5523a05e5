package dev.llmsim.provider.gemini;

import com.fasterxml.jackson.databind.JsonNode;
import dev.llmsim.provider.simulation.ApiError;
import dev.llmsim.provider.simulation.ApiErrorException;
import dev.llmsim.provider.simulation.Json;

/** What Gemini says of requests that it refuses with 400. */
final class Invalid {
    private Invalid() {}

    static ApiErrorException request(String message) {
        return new ApiErrorException(400, message);
    }

    /** A member whose JSON is not that of its type. */
    static ApiErrorException value(String path, String type, JsonNode value) {
        String message = "Invalid value at '" + path + "' (" + type + "), " + Json.text(value);
        return new ApiErrorException(ApiError.of(400, message).withParam(path));
    }

    /** A member whose value breaks a rule. */
    static ApiErrorException field(String path, String fault) {
        return request("* GenerateContentRequest." + path + ": " + fault + "\n");
    }

    /** The name of a message or an enum in errors. */
    static String typeName(String type) {
        return "type.googleapis.com/google.ai.generativelanguage.v1beta." + type;
    }
}
