package dev.llmsim.provider.openai;

import com.fasterxml.jackson.databind.JsonNode;
import dev.llmsim.provider.simulation.ApiError;
import dev.llmsim.provider.simulation.ApiErrorException;
import java.util.List;
import java.util.stream.Collectors;

/** What OpenAI's API says of a field that is wrong, word for word as seen on the real service. */
public final class FieldErrors {
    private FieldErrors() {}

    /** A 400 with this message, without a code. */
    public static ApiErrorException of(String param, String message) {
        return new ApiErrorException(ApiError.of(400, message).withParam(param));
    }

    public static ApiErrorException of(String param, String code, String message) {
        return new ApiErrorException(ApiError.of(400, message).withParam(param).withCode(code));
    }

    public static ApiErrorException missing(String param) {
        return of(param, "missing_required_parameter", "Missing required parameter: '" + param + "'.");
    }

    /** {@code expected} as in "a string". */
    public static ApiErrorException type(String param, String expected, JsonNode got) {
        String message =
                "Invalid type for '" + param + "': expected " + expected + ", but got " + name(got) + " instead.";
        return of(param, "invalid_type", message);
    }

    public static ApiErrorException value(String param, String got, List<String> supported) {
        String message = "Invalid value: '" + got + "'. Supported values are: " + listed(supported) + ".";
        return of(param, "invalid_value", message);
    }

    /** A number outside its bounds: {@code kind} is {@code integer} or {@code decimal}. */
    public static ApiErrorException bound(String param, String kind, String limit, JsonNode got) {
        boolean below = limit.startsWith(">");
        String message = "Invalid '" + param + "': " + kind + (below ? " below minimum" : " above maximum")
                + " value. Expected a value " + limit + ", but got " + got.asText() + " instead.";
        return of(param, kind + (below ? "_below_min_value" : "_above_max_value"), message);
    }

    public static ApiErrorException emptyArray(String param) {
        String message = "Invalid '" + param
                + "': empty array. Expected an array with minimum length 1, but got an empty array instead.";
        return of(param, "empty_array", message);
    }

    public static ApiErrorException longArray(String param, int most, int got) {
        String message = "Invalid '" + param + "': array too long. Expected an array with maximum length " + most
                + ", but got an array with length " + got + " instead.";
        return of(param, "array_above_max_length", message);
    }

    public static ApiErrorException pattern(String param, String pattern) {
        String message = "Invalid '" + param
                + "': string does not match pattern. Expected a string that matches the pattern '" + pattern + "'.";
        return of(param, "invalid_value", message);
    }

    public static ApiErrorException longText(String param, int most, int got) {
        String message = "Invalid '" + param + "': string too long. Expected a string with maximum length " + most
                + ", but got a string with length " + got + " instead.";
        return of(param, "string_above_max_length", message);
    }

    /** {@code hint} follows the message; may be empty. */
    public static ApiErrorException unsupported(String param, String hint) {
        String message = "Unsupported parameter: '" + param + "' is not supported with this model.";
        return of(param, "unsupported_parameter", hint.isEmpty() ? message : message + " " + hint);
    }

    private static String name(JsonNode got) {
        return switch (got.getNodeType()) {
            case STRING -> "a string";
            case NUMBER -> got.isIntegralNumber() ? "an integer" : "a decimal number";
            case BOOLEAN -> "a boolean";
            case ARRAY -> "an array";
            case OBJECT -> "an object";
            default -> "null";
        };
    }

    private static String listed(List<String> values) {
        List<String> quoted = values.stream().map(value -> "'" + value + "'").toList();
        if (quoted.size() < 3) {
            return String.join(" and ", quoted);
        }
        String most = quoted.stream().limit(quoted.size() - 1L).collect(Collectors.joining(", "));
        return most + ", and " + quoted.get(quoted.size() - 1);
    }
}
