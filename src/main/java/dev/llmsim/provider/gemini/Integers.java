package dev.llmsim.provider.gemini;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads integers as the JSON form of protocol buffers has them: numbers, and texts of digits. */
final class Integers {
    private static final Pattern DIGITS = Pattern.compile("-?[0-9]{1,18}");

    private Integers() {}

    static Optional<Long> of(JsonNode value) {
        if (value.isTextual()) {
            return DIGITS.matcher(value.textValue()).matches()
                    ? Optional.of(Long.valueOf(value.textValue()))
                    : Optional.empty();
        }
        boolean isWhole =
                value.isNumber() && value.canConvertToLong() && value.doubleValue() == Math.rint(value.doubleValue());
        return isWhole ? Optional.of(value.longValue()) : Optional.empty();
    }
}
