package dev.llmsim.provider.openai.responses;

import dev.llmsim.provider.openai.Fields;
import dev.llmsim.provider.simulation.ApiError;
import dev.llmsim.provider.simulation.ApiErrorException;
import java.util.Optional;

/** Refuses what refers to things that are not simulated, and so do not exist: conversations, stored prompts. */
final class Absent {
    private Absent() {}

    static void refuse(Fields body) {
        if (body.has("conversation") && body.has("previous_response_id")) {
            throw new ApiErrorException(ApiError.of(
                            400,
                            "Mutually exclusive parameters: ''. Ensure you are only providing one of:"
                                    + " 'pre..._id' or 'conversation'.")
                    .withCode("mutually_exclusive_parameters"));
        }
        if (body.has("conversation")) {
            String id = body.at("conversation").isTextual()
                    ? body.at("conversation").textValue()
                    : body.requiredObject("conversation").requiredText("id");
            throw Errors.notFound("Conversation", id);
        }
        Optional<Fields> prompt = body.object("prompt");
        if (prompt.isPresent()) {
            throw Errors.notFound("Prompt", prompt.get().requiredText("id"));
        }
    }
}
