package dev.llmsim.provider.anthropic;

import com.fasterxml.jackson.databind.JsonNode;
import dev.llmsim.provider.simulation.ApiErrorException;
import java.util.List;
import java.util.stream.Collectors;

/** What Anthropic's API says of a field that is wrong: its place, and the words of its validator. */
final class FieldErrors {
    private FieldErrors() {}

    static ApiErrorException of(String message) {
        return new ApiErrorException(400, message);
    }

    static ApiErrorException at(String path, String message) {
        return of(path + ": " + message);
    }

    static ApiErrorException missing(String path) {
        return at(path, "Field required");
    }

    /** {@code expected} as in "string". */
    static ApiErrorException type(String path, String expected) {
        return at(path, "Input should be a valid " + expected);
    }

    static ApiErrorException integer(String path, JsonNode got) {
        return at(
                path,
                got.isNumber()
                        ? "Input should be a valid integer, got a number with a fractional part"
                        : "Input should be a valid integer");
    }

    /** One of several values was expected. */
    static ApiErrorException value(String path, List<String> supported) {
        List<String> quoted = supported.stream().map(value -> "'" + value + "'").toList();
        String most = quoted.stream().limit(quoted.size() - 1L).collect(Collectors.joining(", "));
        String last = quoted.get(quoted.size() - 1);
        return at(path, "Input should be " + (most.isEmpty() ? last : most + " or " + last));
    }

    /** A block or tool of a type that is none of these. */
    static ApiErrorException tag(String path, String tag, List<String> supported) {
        String expected = supported.stream().map(value -> "'" + value + "'").collect(Collectors.joining(", "));
        return at(
                path,
                "Input tag '" + tag + "' found using 'type' does not match any of the expected tags: " + expected);
    }
}
