package dev.llmsim.provider.bedrock;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.llmsim.provider.conversation.Finish;
import dev.llmsim.provider.simulation.Json;

/** The format of Mistral's models that go on from a prompt. */
final class MistralForm implements TextForm {
    @Override
    public Question question(Fields body) {
        if (!body.has("prompt") && body.has("messages")) {
            throw Invalid.of(
                    "llmsim simulates Mistral's bodies with a prompt, not those with messages. Use Converse, which"
                            + " is simulated for every model, or record them from the provider (llmsim record).");
        }
        String prompt = body.requiredText("prompt");
        body.fraction("temperature");
        body.fraction("top_p");
        return Question.of(prompt, body.integer("max_tokens", 1), body.texts("stop"));
    }

    @Override
    public ObjectNode whole(Completion completion) {
        boolean isCut = completion.choice().finish().reason() == Finish.Reason.LENGTH;
        return output(completion.text(), isCut ? "length" : "stop");
    }

    @Override
    public ObjectNode part(String token, int index) {
        ObjectNode json = Json.object();
        json.putArray("outputs").addObject().put("text", token).putNull("stop_reason");
        return json;
    }

    @Override
    public ObjectNode end(Completion completion) {
        boolean isCut = completion.choice().finish().reason() == Finish.Reason.LENGTH;
        return output("", isCut ? "length" : "stop");
    }

    private static ObjectNode output(String text, String reason) {
        ObjectNode json = Json.object();
        json.putArray("outputs").addObject().put("text", text).put("stop_reason", reason);
        return json;
    }
}
