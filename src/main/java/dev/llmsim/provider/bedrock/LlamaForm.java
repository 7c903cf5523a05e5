package dev.llmsim.provider.bedrock;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.llmsim.provider.conversation.Finish;
import dev.llmsim.provider.simulation.Json;
import java.util.List;

/** The format of Meta Llama. */
final class LlamaForm implements TextForm {
    private static final int USUAL_TOKENS = 512;

    @Override
    public Question question(Fields body) {
        String prompt = body.requiredText("prompt");
        body.fraction("temperature");
        body.fraction("top_p");
        int most = body.integer("max_gen_len", 1);
        return Question.of(prompt, most < 0 ? USUAL_TOKENS : most, List.of());
    }

    @Override
    public ObjectNode whole(Completion completion) {
        return Json.object()
                .put("generation", completion.text())
                .put("prompt_token_count", completion.promptTokens())
                .put("generation_token_count", completion.completionTokens())
                .put("stop_reason", reason(completion));
    }

    @Override
    public ObjectNode part(String token, int index) {
        return Json.object()
                .put("generation", token)
                .putNull("prompt_token_count")
                .put("generation_token_count", index + 1)
                .putNull("stop_reason");
    }

    @Override
    public ObjectNode end(Completion completion) {
        return Json.object()
                .put("generation", "")
                .putNull("prompt_token_count")
                .put("generation_token_count", completion.completionTokens())
                .put("stop_reason", reason(completion));
    }

    private static String reason(Completion completion) {
        return completion.choice().finish().reason() == Finish.Reason.LENGTH ? "length" : "stop";
    }
}
