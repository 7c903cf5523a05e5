package dev.llmsim.provider.ollama;

import com.fasterxml.jackson.databind.JsonNode;
import dev.llmsim.provider.simulation.ApiErrorException;
import java.util.regex.Pattern;

/** How long a model stays loaded: {@code keep_alive}, as seconds or as one of Go's durations ({@code 5m}). */
final class KeepAlive {
    private static final Pattern DURATION = Pattern.compile("[+-]?(0|(\\d+(\\.\\d*)?(ns|us|ms|s|m|h))+)");
    private static final Pattern ZERO = Pattern.compile("[+-]?(0|(0+(\\.0*)?(ns|us|ms|s|m|h))+)");

    private KeepAlive() {}

    /** Whether the model is to be unloaded at once. */
    static boolean isZero(Fields fields) {
        JsonNode value = fields.at("keep_alive");
        if (value.isMissingNode()) {
            return false;
        }
        if (value.isNumber()) {
            return value.doubleValue() == 0;
        }
        if (!value.isTextual()) {
            throw new ApiErrorException(400, "Unsupported type: '" + (value.isBoolean() ? "bool" : "map") + "'");
        }
        if (!DURATION.matcher(value.textValue()).matches()) {
            throw new ApiErrorException(400, "time: invalid duration \"" + value.textValue() + "\"");
        }
        return ZERO.matcher(value.textValue()).matches();
    }
}
