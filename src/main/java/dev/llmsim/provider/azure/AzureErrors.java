package dev.llmsim.provider.azure;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.llmsim.provider.openai.OpenAiSurface;
import dev.llmsim.provider.simulation.Answer;
import dev.llmsim.provider.simulation.ApiError;
import dev.llmsim.provider.simulation.Json;
import dev.llmsim.provider.simulation.Work;
import java.util.List;

/** The two envelopes of Azure OpenAI's errors: the model's is OpenAI's, the one of the service before it has two members. */
final class AzureErrors {
    private static final OpenAiSurface OPENAI = new OpenAiSurface(List.of());

    private AzureErrors() {}

    static Answer answer(ApiError error) {
        boolean isOfModel = error.param() != null || error.status() == 400 || error.status() == 415;
        if (isOfModel) {
            return OPENAI.error(error);
        }
        ObjectNode envelope = Json.object();
        envelope.putObject("error").put("code", code(error)).put("message", error.message());
        return Answer.json(error.status(), envelope, Work.NONE).with(error.headers());
    }

    /** A word of its own for few; the status for most. */
    private static String code(ApiError error) {
        String code = error.code();
        if (error.status() == 404 && code != null) {
            return code;
        }
        return error.status() == 500 ? "InternalServerError" : Integer.toString(error.status());
    }
}
