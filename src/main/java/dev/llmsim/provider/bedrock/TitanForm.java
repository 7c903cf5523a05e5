package dev.llmsim.provider.bedrock;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.llmsim.provider.simulation.Json;
import java.util.List;

/** The format of Amazon Titan Text. */
final class TitanForm implements TextForm {
    @Override
    public Question question(Fields body) {
        String text = body.requiredText("inputText");
        Fields config = body.object("textGenerationConfig").orElse(null);
        if (config == null) {
            return Question.of(text, -1, List.of());
        }
        config.fraction("topP");
        return Question.of(text, config.integer("maxTokenCount", 0), config.texts("stopSequences"));
    }

    @Override
    public ObjectNode whole(Completion completion) {
        ObjectNode json = Json.object().put("inputTextTokenCount", completion.promptTokens());
        json.putArray("results")
                .addObject()
                .put("tokenCount", completion.completionTokens())
                .put("outputText", completion.text())
                .put("completionReason", reason(completion));
        return json;
    }

    @Override
    public ObjectNode part(String token, int index) {
        return chunk(token)
                .putNull("totalOutputTextTokenCount")
                .putNull("completionReason")
                .putNull("inputTextTokenCount");
    }

    @Override
    public ObjectNode end(Completion completion) {
        return chunk("")
                .put("totalOutputTextTokenCount", completion.completionTokens())
                .put("completionReason", reason(completion))
                .put("inputTextTokenCount", completion.promptTokens());
    }

    private static ObjectNode chunk(String text) {
        return Json.object().put("outputText", text).put("index", 0);
    }

    private static String reason(Completion completion) {
        return switch (completion.choice().finish().reason()) {
            case STOP, TOOL_CALLS -> "FINISH";
            case LENGTH -> "LENGTH";
            case STOP_SEQUENCE -> "STOP_CRITERIA_MET";
            case CONTENT_FILTER, REFUSAL -> "CONTENT_FILTERED";
        };
    }
}
