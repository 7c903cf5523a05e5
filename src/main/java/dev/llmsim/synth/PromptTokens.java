package dev.llmsim.synth;

import dev.llmsim.provider.conversation.OutputForm;
import dev.llmsim.provider.conversation.Part;
import dev.llmsim.provider.conversation.Prompt;
import dev.llmsim.provider.conversation.Turn;
import dev.llmsim.provider.simulation.Json;
import java.util.List;

/**
 * What a prompt costs, part by part.
 *
 * @param definitions tools and the schema of the answer
 * @param turns each turn, in order
 * @param priming what the model is given to begin its answer
 */
record PromptTokens(int definitions, List<Integer> turns, int priming) {
    /** A message of OpenAI's: three, and one for the role (openai-cookbook, "How to count tokens with tiktoken"). */
    private static final int MESSAGE = 4;

    private static final int PRIMING = 3;

    /** As recorded of o3 and gpt-5-mini: one less. */
    private static final int REASONING_PRIMING = 2;

    private static final int CALL = 3;
    private static final int MOST = 1_000_000_000;

    PromptTokens {
        turns = List.copyOf(turns);
    }

    static PromptTokens of(Prompt prompt) {
        String model = prompt.model();
        boolean isBare = Encodings.charactersPerToken(model) == 4;
        int definitions = new ToolTokens(model).count(prompt.tooling()) + form(prompt);
        List<Integer> turns = prompt.turns().stream()
                .map(turn -> (isBare ? 0 : MESSAGE) + turn(model, turn))
                .toList();
        return new PromptTokens(
                definitions, turns, isBare ? 0 : Reasoning.isOpenAi(model) ? REASONING_PRIMING : PRIMING);
    }

    int total() {
        return bounded(definitions
                + priming
                + turns.stream().mapToLong(Integer::longValue).sum());
    }

    /** Pictures may claim to be of any size: sums of their costs would grow beyond all numbers. */
    private static int bounded(long tokens) {
        return (int) Math.min(MOST, tokens);
    }

    private static int form(Prompt prompt) {
        return prompt.form() instanceof OutputForm.Schema form
                ? Tokens.count(prompt.model(), Json.text(form.schema()))
                : 0;
    }

    private static int turn(String model, Turn turn) {
        long sum = 0;
        for (Part part : turn.parts()) {
            sum += part(model, part);
        }
        return bounded(sum);
    }

    private static int part(String model, Part part) {
        if (part instanceof Part.Text text) {
            return Tokens.count(model, text.text());
        }
        if (part instanceof Part.Image image) {
            return ImageTokens.count(model, image);
        }
        if (part instanceof Part.ToolCall call) {
            return Tokens.count(model, call.name()) + Tokens.count(model, call.arguments()) + CALL;
        }
        if (part instanceof Part.ToolResult result) {
            return Tokens.count(model, result.text());
        }
        return part instanceof Part.Attachment attachment ? attachment(attachment) : 0;
    }

    /** A guess: text as text, anything else as a document with 50 bytes a token. */
    private static int attachment(Part.Attachment attachment) {
        long bytesPerToken = attachment.mediaType().startsWith("text/") ? 4 : 50;
        return (int) Math.min(Integer.MAX_VALUE / 4, attachment.bytes() / bytesPerToken + 1);
    }
}
