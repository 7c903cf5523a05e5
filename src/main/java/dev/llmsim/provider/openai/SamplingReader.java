package dev.llmsim.provider.openai;

import com.fasterxml.jackson.databind.JsonNode;
import dev.llmsim.provider.conversation.Sampling;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/** Reads how an answer is drawn and where it ends. */
final class SamplingReader {
    private static final int MOST_CHOICES = 128;
    private static final int MOST_STOPS = 4;
    private static final int MOST_LOGPROBS = 20;

    private SamplingReader() {}

    static Sampling read(Fields fields) {
        checkRanges(fields);
        int maxTokens = maxTokens(fields);
        int choices = fields.integer("n", 1, MOST_CHOICES).orElse(1);
        var seed = fields.integer("seed", Long.MIN_VALUE, Long.MAX_VALUE);
        return new Sampling(maxTokens, stops(fields), choices, seed, topLogprobs(fields));
    }

    static void checkRanges(Fields fields) {
        fields.decimal("temperature", 0, 2);
        fields.decimal("top_p", 0, 1);
        fields.decimal("presence_penalty", -2, 2);
        fields.decimal("frequency_penalty", -2, 2);
    }

    /**
     * The old name is taken for reasoning models, too, which the real service refuses (it has them say {@code max_completion_tokens}):
     * the programs that this simulator is a drop-in for rely on it.
     */
    private static int maxTokens(Fields fields) {
        OptionalInt old = fields.integer("max_tokens", 1, Integer.MAX_VALUE);
        OptionalInt newer = fields.integer("max_completion_tokens", 1, Integer.MAX_VALUE);
        if (old.isPresent() && newer.isPresent()) {
            throw FieldErrors.of(
                    "max_tokens",
                    "invalid_parameter_combination",
                    "Setting 'max_tokens' and 'max_completion_tokens' at the same time is not supported.");
        }
        return newer.orElse(old.orElse(-1));
    }

    /** One text, or up to four. */
    static List<String> stops(Fields fields) {
        JsonNode stop = fields.at("stop");
        if (stop.isMissingNode()) {
            return List.of();
        }
        if (stop.isTextual()) {
            return withoutEmpty(List.of(stop.textValue()));
        }
        if (!stop.isArray()) {
            throw FieldErrors.type("stop", "one of a string or array of strings", stop);
        }
        if (stop.size() > MOST_STOPS) {
            throw FieldErrors.longArray("stop", MOST_STOPS, stop.size());
        }
        List<String> stops = new ArrayList<>();
        for (JsonNode text : stop) {
            if (!text.isTextual()) {
                throw FieldErrors.type("stop[" + stops.size() + "]", "a string", text);
            }
            stops.add(text.textValue());
        }
        return withoutEmpty(stops);
    }

    private static List<String> withoutEmpty(List<String> stops) {
        return stops.stream().filter(stop -> !stop.isEmpty()).toList();
    }

    private static int topLogprobs(Fields fields) {
        boolean wanted = fields.flag("logprobs", false);
        OptionalInt top = fields.integer("top_logprobs", 0, Integer.MAX_VALUE);
        if (top.isPresent() && !wanted) {
            throw FieldErrors.of(
                    "top_logprobs", "The 'top_logprobs' parameter is only allowed when 'logprobs' is enabled.");
        }
        if (top.orElse(0) > MOST_LOGPROBS) {
            throw FieldErrors.of(
                    "top_logprobs",
                    "Invalid value for 'top_logprobs': must be less than or equal to " + MOST_LOGPROBS + ".");
        }
        return wanted ? top.orElse(0) : -1;
    }
}
