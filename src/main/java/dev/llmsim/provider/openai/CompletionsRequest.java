package dev.llmsim.provider.openai;

import dev.llmsim.provider.conversation.Sampling;
import dev.llmsim.provider.simulation.ApiErrorException;
import java.util.List;

/**
 * A request for legacy completions.
 *
 * @param echo whether the prompt comes back before the answer
 */
record CompletionsRequest(
        String model, List<TextInput> prompts, Sampling sampling, boolean echo, ChatRequest.Streaming streaming) {
    private static final int USUAL_MAX_TOKENS = 16;
    private static final int MOST_LOGPROBS = 5;
    private static final int MOST_PROMPTS = 2048;

    /** Of all prompts together: a bound of our own. */
    private static final int MOST_CHOICES = 2048;

    CompletionsRequest {
        prompts = List.copyOf(prompts);
    }

    static CompletionsRequest read(Fields fields) {
        String model = ChatReader.model(fields);
        List<TextInput> prompts =
                fields.has("prompt") ? TextInput.read(fields, "prompt") : List.of(new TextInput("", 1));
        if (prompts.isEmpty()) {
            throw FieldErrors.emptyArray("prompt");
        }
        if (prompts.size() > MOST_PROMPTS) {
            throw FieldErrors.longArray("prompt", MOST_PROMPTS, prompts.size());
        }
        SamplingReader.checkRanges(fields);
        int choices = fields.integer("n", 1, 128).orElse(1);
        if (prompts.size() * choices > MOST_CHOICES) {
            throw new ApiErrorException(
                    400,
                    "You requested " + prompts.size() * choices + " choices for " + prompts.size()
                            + " prompts (expected: at most " + MOST_CHOICES + "; send fewer prompts or reduce n).");
        }
        if (fields.integer("best_of", 1, 20).orElse(choices) < choices) {
            throw new ApiErrorException(
                    400,
                    "You requested that the server return more choices than it will generate (HINT: best_of must be >="
                            + " n).");
        }
        Sampling sampling = new Sampling(
                fields.integer("max_tokens", 1, Integer.MAX_VALUE).orElse(USUAL_MAX_TOKENS),
                SamplingReader.stops(fields),
                choices,
                fields.integer("seed", Long.MIN_VALUE, Long.MAX_VALUE),
                fields.integer("logprobs", 0, MOST_LOGPROBS).orElse(-1));
        return new CompletionsRequest(
                model, prompts, sampling, fields.flag("echo", false), ChatReader.streaming(fields));
    }
}
