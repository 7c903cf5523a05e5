package dev.llmsim.synth;

import com.knuddels.jtokkit.api.Encoding;
import com.knuddels.jtokkit.api.EncodingType;
import com.knuddels.jtokkit.api.IntArrayList;
import dev.llmsim.provider.conversation.Prompt;
import java.util.List;
import java.util.concurrent.CompletionStage;

/**
 * Counts and cuts text as a model's tokenizer does: exactly for OpenAI's, by rule of thumb for Claude (3.5 characters a
 * token) and Gemini (4), whose tokenizers are not public.
 */
public final class Tokens {
    private Tokens() {}

    /** Begins to load the tokenizer of current models in the background. */
    public static CompletionStage<Void> warm() {
        return Encodings.loaded(EncodingType.O200K_BASE).thenAccept(loaded -> {});
    }

    /**
     * Whether counting for {@code model} goes at once. Where it does not, its tokenizer is being loaded from now on, and
     * counting waits for that: an event loop leaves the call to a thread that may.
     */
    public static boolean isReady(String model) {
        return Encodings.charactersPerToken(model) > 0
                || Encodings.loaded(Encodings.type(model)).isDone();
    }

    public static int count(String model, String text) {
        double charactersPerToken = Encodings.charactersPerToken(model);
        return charactersPerToken > 0
                ? TokenPieces.estimate(charactersPerToken, text)
                : counted(Encodings.of(model), text);
    }

    private static int counted(Encoding encoding, String text) {
        return Stretches.of(text).stream()
                .mapToInt(encoding::countTokensOrdinary)
                .sum();
    }

    /** {@code text} in the texts of its tokens, none of which splits a character. */
    public static List<String> pieces(String model, String text) {
        double charactersPerToken = Encodings.charactersPerToken(model);
        return charactersPerToken > 0
                ? TokenPieces.estimated(charactersPerToken, text)
                : TokenPieces.encoded(Encodings.of(model), text);
    }

    /**
     * The numbers of the tokens of {@code text}, special ones taken as text.
     *
     * @throws IllegalArgumentException where the model's tokenizer is not public, so that there are no numbers
     */
    public static int[] encode(String model, String text) {
        return published(model).encodeOrdinary(text).toArray();
    }

    /**
     * The text of which {@code tokens} are the numbers.
     *
     * @throws IllegalArgumentException as {@link #encode} does, and for a number that is no token's
     */
    public static String decode(String model, int[] tokens) {
        IntArrayList numbers = new IntArrayList(tokens.length);
        for (int token : tokens) {
            numbers.add(token);
        }
        return published(model).decode(numbers);
    }

    private static Encoding published(String model) {
        if (Encodings.charactersPerToken(model) > 0) {
            throw new IllegalArgumentException(
                    "model: " + model
                            + " (expected: one whose tokenizer is public, as OpenAI's are; the tokens of others are counted by rule of thumb)");
        }
        return Encodings.of(model);
    }

    /** What {@code prompt} costs. */
    public static int count(Prompt prompt) {
        return PromptTokens.of(prompt).total();
    }
}
