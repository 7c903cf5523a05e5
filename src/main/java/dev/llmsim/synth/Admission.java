package dev.llmsim.synth;

import dev.llmsim.provider.conversation.Part;
import dev.llmsim.provider.conversation.Prompt;
import dev.llmsim.provider.model.Model;
import dev.llmsim.provider.simulation.ApiError;
import dev.llmsim.provider.simulation.ApiErrorException;

/** Refuses the prompts that a model cannot take. */
final class Admission {
    private static final String TYPE = "invalid_request_error";

    private Admission() {}

    /**
     * Images go only to models that see; prompt and answer have to fit into the context.
     *
     * @throws ApiErrorException with 400, in the words of OpenAI
     */
    static void check(Model model, Prompt prompt, PromptTokens cost) {
        boolean hasImages =
                prompt.turns().stream().anyMatch(turn -> turn.parts().stream().anyMatch(Part.Image.class::isInstance));
        if (hasImages && !model.can(Model.Capability.VISION)) {
            throw new ApiErrorException(ApiError.of(
                            400,
                            "The model `" + prompt.model()
                                    + "` does not support image inputs. Use a vision-capable model.")
                    .withType(TYPE));
        }
        long most = model.contextTokens();
        long wanted = Math.max(0, prompt.sampling().maxTokens());
        if (most > 0 && cost.total() + wanted > most) {
            throw new ApiErrorException(ApiError.of(400, overflow(most, cost, wanted))
                    .withType(TYPE)
                    .withParam("messages")
                    .withCode("context_length_exceeded"));
        }
    }

    private static String overflow(long most, PromptTokens cost, long wanted) {
        String beginning = "This model's maximum context length is " + most + " tokens. However, ";
        if (cost.total() > most) {
            return beginning + "your messages resulted in " + cost.total()
                    + " tokens. Please reduce the length of the messages.";
        }
        return beginning + "you requested " + (cost.total() + wanted) + " tokens (" + cost.total()
                + " in the messages, " + wanted
                + " in the completion). Please reduce the length of the messages or completion.";
    }
}
