package dev.llmsim.provider.gemini;

import dev.llmsim.provider.conversation.Sampling;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/** Reads how an answer is drawn and where it ends. */
final class SamplingReader {
    private static final int MOST_CHOICES = 8;
    private static final int MOST_STOPS = 5;
    private static final int MOST_LOGPROBS = 20;

    private SamplingReader() {}

    /** Reads a {@code generationConfig}. */
    static Sampling read(Fields config) {
        checkRange(config, "temperature", 2);
        checkRange(config, "topP", 1);
        OptionalLong maxTokens = config.integer("maxOutputTokens");
        if (maxTokens.isPresent() && maxTokens.getAsLong() < 1) {
            throw Invalid.field(config.path("maxOutputTokens"), "max_output_tokens must be positive.");
        }
        long choices = config.integer("candidateCount").orElse(1);
        if (choices < 1 || choices > MOST_CHOICES) {
            throw Invalid.field(
                    config.path("candidateCount"), "candidate_count must be in the range [1, " + MOST_CHOICES + "].");
        }
        List<String> stops = config.texts("stopSequences");
        if (stops.size() > MOST_STOPS) {
            throw Invalid.field(
                    config.path("stopSequences"),
                    "the number of stop_sequences must not exceed " + MOST_STOPS + ", but got " + stops.size() + ".");
        }
        return new Sampling(
                (int) maxTokens.orElse(-1),
                stops.stream().filter(stop -> !stop.isEmpty()).toList(),
                (int) choices,
                config.integer("seed"),
                topLogprobs(config));
    }

    private static void checkRange(Fields config, String name, int most) {
        OptionalDouble value = config.decimal(name);
        if (value.isPresent() && !(value.getAsDouble() >= 0 && value.getAsDouble() <= most)) {
            throw Invalid.field(config.path(name), Fields.snake(name) + " must be in the range [0.0, " + most + ".0].");
        }
    }

    private static int topLogprobs(Fields config) {
        OptionalLong top = config.integer("logprobs");
        boolean wanted = config.flag("responseLogprobs");
        if (top.isPresent() && !wanted) {
            throw Invalid.field(
                    config.path("logprobs"), "logprobs is only supported when response_logprobs is set to true.");
        }
        if (top.orElse(0) < 0 || top.orElse(0) > MOST_LOGPROBS) {
            throw Invalid.field(config.path("logprobs"), "logprobs must be in the range [0, " + MOST_LOGPROBS + "].");
        }
        return wanted ? (int) top.orElse(0) : -1;
    }
}
