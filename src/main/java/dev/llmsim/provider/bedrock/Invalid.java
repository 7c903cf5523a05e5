package dev.llmsim.provider.bedrock;

import com.fasterxml.jackson.databind.JsonNode;
import dev.llmsim.provider.simulation.ApiError;
import dev.llmsim.provider.simulation.ApiErrorException;
import java.util.List;
import java.util.Locale;

/** What Bedrock says of a request that is wrong: its validator's words, or those of the model behind it. */
final class Invalid {
    private static final String VALIDATION = "ValidationException";

    private Invalid() {}

    static ApiErrorException of(String message) {
        return new ApiErrorException(ApiError.of(400, message).withType(VALIDATION));
    }

    /** A value that the service's model of the API does not allow; {@code path} as in {@code messages.1.member.role}. */
    static ApiErrorException constraint(String value, String path, String constraint) {
        return of("1 validation error detected: Value " + value + " at '" + path
                + "' failed to satisfy constraint: Member must " + constraint);
    }

    static ApiErrorException missing(String path) {
        return constraint("null", path, "not be null");
    }

    static ApiErrorException value(String value, String path, List<String> supported) {
        return constraint("'" + value + "'", path, "satisfy enum value set: " + supported);
    }

    /** A value of another type; {@code expected} as in {@code String}. */
    static ApiErrorException type(JsonNode got, String expected) {
        if (got.isContainerNode()) {
            return serialization("Start of structure or map found where not expected.");
        }
        String type = got.isBoolean() ? got.asText() : got.getNodeType().toString();
        return serialization(type.toUpperCase(Locale.ROOT) + "_VALUE can not be converted to " + article(expected));
    }

    /** A body that is not what the protocol says. */
    static ApiErrorException serialization(String message) {
        return new ApiErrorException(ApiError.of(400, message).withType("SerializationException"));
    }

    /** What the model itself found wrong. */
    static ApiErrorException byModel(String message) {
        return of("The model returned the following errors: " + message);
    }

    private static String article(String noun) {
        return ("AEIOU".indexOf(noun.charAt(0)) >= 0 ? "an " : "a ") + noun;
    }
}
