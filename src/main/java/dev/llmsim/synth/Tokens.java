package dev.llmsim.synth;

import com.knuddels.jtokkit.api.EncodingType;
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
                : Encodings.of(model).countTokensOrdinary(text);
    }

    /** {@code text} in the texts of its tokens, none of which splits a character. */
    public static List<String> pieces(String model, String text) {
        double charactersPerToken = Encodings.charactersPerToken(model);
        return charactersPerToken > 0
                ? TokenPieces.estimated(charactersPerToken, text)
                : TokenPieces.encoded(Encodings.of(model), text);
    }

    /** What {@code prompt} costs. */
    public static int count(Prompt prompt) {
        return PromptTokens.of(prompt).total();
    }
}
