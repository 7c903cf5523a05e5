package dev.llmsim.provider.bedrock;

import dev.llmsim.provider.conversation.Prompt;
import dev.llmsim.provider.conversation.Reply;
import dev.llmsim.provider.model.Model;
import dev.llmsim.provider.simulation.ApiErrorException;
import dev.llmsim.provider.simulation.Engine;
import java.util.Optional;

/** Tells in Bedrock's words what is too long for a model. */
final class Limits {
    private final Engine engine;

    Limits(Engine engine) {
        this.engine = engine;
    }

    /** The reply to {@code prompt}, where it fits. */
    Reply reply(Prompt prompt) {
        Optional<Model> model = engine.model(prompt.model());
        model.ifPresent(known -> checkOutput(known, prompt.sampling().maxTokens()));
        try {
            return engine.reply(prompt);
        } catch (ApiErrorException refused) {
            boolean isTooLong = "context_length_exceeded".equals(refused.error().code());
            throw isTooLong && model.isPresent() ? tooLong(model.get(), prompt) : refused;
        }
    }

    private static void checkOutput(Model model, int asked) {
        int most = model.maxOutputTokens();
        if (most > 0 && asked > most) {
            throw Invalid.of("The maximum tokens you requested exceeds the model limit of " + most
                    + ". Try again with a maximum tokens value that is lower than " + most + ".");
        }
    }

    private ApiErrorException tooLong(Model model, Prompt prompt) {
        int tokens = engine.tokens(prompt);
        if (tokens > model.contextTokens()) {
            return Invalid.of("Input is too long for requested model.");
        }
        return Invalid.byModel("input length and `max_tokens` exceed context limit: " + tokens + " + "
                + prompt.sampling().maxTokens() + " > " + model.contextTokens()
                + ", decrease input length or `max_tokens` and try again");
    }
}
