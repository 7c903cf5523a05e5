package dev.llmsim.provider.gemini;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.llmsim.provider.conversation.Prompt;
import dev.llmsim.provider.simulation.Answer;
import dev.llmsim.provider.simulation.Call;
import dev.llmsim.provider.simulation.Json;
import dev.llmsim.provider.simulation.Work;

/** Answers {@code :countTokens}, of contents alone or of a whole request for contents. */
final class CountTokensEndpoint {
    private CountTokensEndpoint() {}

    static Answer answer(Call call) {
        Fields body = Fields.of(call);
        Fields counted =
                body.object("generateContentRequest", "GenerateContentRequest").orElse(body);
        Prompt prompt = GenerateRequest.read(call.variables().get(0), counted).prompt();
        int tokens = call.engine().tokens(prompt);
        ObjectNode json = Json.object().put("totalTokens", tokens);
        json.set("promptTokensDetails", PromptDetails.of(prompt, tokens, call.engine()));
        return Answer.body(200, GeminiSurface.JSON, Json.write(json), Work.NONE);
    }
}
