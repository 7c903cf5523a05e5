package dev.llmsim.provider.anthropic;

import dev.llmsim.provider.conversation.Prompt;
import dev.llmsim.provider.conversation.Reply;
import dev.llmsim.provider.model.Model;
import dev.llmsim.provider.simulation.ApiError;
import dev.llmsim.provider.simulation.ApiErrorException;
import dev.llmsim.provider.simulation.Engine;
import java.util.Optional;

/** Tells in Anthropic's words what is too long for a model. */
final class Limits {
    private final Engine engine;

    Limits(Engine engine) {
        this.engine = engine;
    }

    /** The reply to {@code prompt}, where it fits. */
    Reply reply(Prompt prompt) {
        Optional<Model> model = engine.model(prompt.model());
        model.ifPresent(known -> checkOutput(known, prompt));
        try {
            return engine.reply(prompt);
        } catch (ApiErrorException refused) {
            boolean isTooLong = "context_length_exceeded".equals(refused.error().code());
            throw isTooLong && model.isPresent() ? tooLong(model.get(), prompt) : refused;
        }
    }

    private static void checkOutput(Model model, Prompt prompt) {
        int asked = prompt.sampling().maxTokens();
        if (model.owner().equals("anthropic") && model.maxOutputTokens() > 0 && asked > model.maxOutputTokens()) {
            throw FieldErrors.at(
                    "max_tokens",
                    asked + " > " + model.maxOutputTokens()
                            + ", which is the maximum allowed number of output tokens for " + prompt.model());
        }
    }

    private ApiErrorException tooLong(Model model, Prompt prompt) {
        int tokens = engine.tokens(prompt);
        int most = model.contextTokens();
        String message = tokens > most
                ? "prompt is too long: " + tokens + " tokens > " + most + " maximum"
                : "input length and `max_tokens` exceed context limit: " + tokens + " + "
                        + prompt.sampling().maxTokens() + " > " + most
                        + ", decrease input length or `max_tokens` and try again";
        return new ApiErrorException(ApiError.of(400, message));
    }
}
