package dev.llmsim.provider.ollama;

import com.fasterxml.jackson.databind.JsonNode;
import dev.llmsim.provider.conversation.Sampling;
import dev.llmsim.provider.simulation.ApiErrorException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;

/** Reads {@code options}: how an answer is drawn and where it ends. Those that it does not know are left out. */
final class OptionsReader {
    private static final Set<String> INTEGERS = Set.of(
            "num_keep",
            "seed",
            "num_predict",
            "top_k",
            "repeat_last_n",
            "num_ctx",
            "num_batch",
            "num_gpu",
            "main_gpu",
            "num_thread");
    private static final Set<String> DECIMALS = Set.of(
            "top_p", "min_p", "typical_p", "temperature", "repeat_penalty", "presence_penalty", "frequency_penalty");
    private static final int MOST_LOGPROBS = 20;

    private OptionsReader() {}

    static Sampling read(Fields fields) {
        int top = fields.integer("top_logprobs");
        if (top < 0 || top > MOST_LOGPROBS) {
            throw new ApiErrorException(400, "top_logprobs must be between 0 and " + MOST_LOGPROBS);
        }
        Fields options = fields.object("options", "map[string]interface {}");
        options.node().properties().forEach(option -> check(option.getKey(), option.getValue()));
        long most = options.at("num_predict").asLong(-1);
        OptionalLong seed = options.has("seed") && options.at("seed").longValue() != -1
                ? OptionalLong.of(options.at("seed").longValue())
                : OptionalLong.empty();
        int maxTokens = most > 0 ? (int) Math.min(most, Integer.MAX_VALUE) : -1;
        return new Sampling(maxTokens, stops(options.at("stop")), 1, seed, -1);
    }

    private static void check(String name, JsonNode value) {
        if (INTEGERS.contains(name) && !isNull(value) && !value.isNumber()) {
            throw wrong(name, "type integer");
        }
        if (DECIMALS.contains(name) && !isNull(value) && !value.isNumber()) {
            throw wrong(name, "type float32");
        }
        if (name.equals("stop") && !isNull(value) && !value.isArray()) {
            throw wrong(name, "type array");
        }
    }

    private static boolean isNull(JsonNode value) {
        return value.isNull();
    }

    private static List<String> stops(JsonNode array) {
        List<String> stops = new ArrayList<>();
        for (JsonNode stop : array) {
            if (!stop.isTextual()) {
                throw wrong("stop", "an array of strings");
            }
            if (!stop.textValue().isEmpty()) {
                stops.add(stop.textValue());
            }
        }
        return stops;
    }

    /** The real server only finds this out when it loads the model, so that it is an error of its own. */
    private static ApiErrorException wrong(String name, String type) {
        return new ApiErrorException(500, "option \"" + name + "\" must be of " + type);
    }
}
