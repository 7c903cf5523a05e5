package dev.llmsim.provider.openai.responses;

import dev.llmsim.provider.openai.Fields;
import dev.llmsim.provider.simulation.ApiError;
import dev.llmsim.provider.simulation.ApiErrorException;
import java.util.List;
import java.util.Map;

/** Fields of chat completions, which this API does not know. Any other field that we do not know either is accepted. */
final class ChatFields {
    private static final Map<String, String> MOVED = Map.of(
            "messages", "input",
            "response_format", "text.format",
            "reasoning_effort", "reasoning.effort",
            "max_completion_tokens", "max_output_tokens");
    private static final List<String> UNKNOWN =
            List.of("max_tokens", "n", "stop", "seed", "logprobs", "functions", "function_call", "logit_bias");

    private ChatFields() {}

    static void refuse(Fields body) {
        if (!body.isStrict()) {
            return;
        }
        for (var moved : MOVED.entrySet()) {
            if (body.node().has(moved.getKey())) {
                throw moved(moved.getKey(), moved.getValue());
            }
        }
        for (String unknown : UNKNOWN) {
            if (body.node().has(unknown)) {
                throw Errors.unknown(unknown);
            }
        }
    }

    private static ApiErrorException moved(String name, String to) {
        String message =
                "Unsupported parameter: '" + name + "'. In the Responses API, this parameter has moved to '" + to
                        + "'. Try again with the new parameter. See the API documentation for more information:"
                        + " https://platform.openai.com/docs/api-reference/responses/create.";
        return new ApiErrorException(ApiError.of(400, message).withCode("unsupported_parameter"));
    }
}
