package dev.llmsim.provider.openai.responses;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.llmsim.provider.openai.Logprobs;
import dev.llmsim.provider.simulation.Json;
import java.util.List;

/**
 * A text, or that the model will not.
 *
 * @param phase what newer models say of it: a comment on the way, the answer; empty where they say nothing
 * @param topLogprobs -1 where no log probabilities are wanted
 */
record MessageItem(String id, List<String> tokens, boolean refused, String phase, int topLogprobs, Status ended)
        implements OutputItem {
    private static final String CONTENT_INDEX = "content_index";

    MessageItem {
        tokens = List.copyOf(tokens);
    }

    @Override
    public MessageItem cut(int shown) {
        return new MessageItem(id, tokens.subList(0, shown), refused, phase, topLogprobs, Status.INCOMPLETE);
    }

    @Override
    public ObjectNode begun() {
        return json(Status.IN_PROGRESS, Json.object().arrayNode());
    }

    @Override
    public ObjectNode done() {
        return json(ended, Json.object().arrayNode().add(part()));
    }

    private ObjectNode json(Status status, ArrayNode content) {
        ObjectNode json = Json.object().put("id", id).put("type", "message").put("status", status.wire());
        json.set("content", content);
        if (!phase.isEmpty()) {
            json.put("phase", phase);
        }
        return json.put("role", "assistant");
    }

    private ObjectNode part() {
        return refused ? Parts.refusal(text()) : Parts.outputText(text(), logprobs());
    }

    private ArrayNode logprobs() {
        ArrayNode all = Json.object().arrayNode();
        for (int i = 0; i < tokens.size() && topLogprobs >= 0; i++) {
            all.add(Logprobs.entry(tokens.get(i), i, topLogprobs));
        }
        return all;
    }

    @Override
    public void stream(ItemEvents events) {
        ObjectNode empty =
                refused ? Parts.refusal("") : Parts.outputText("", Json.object().arrayNode());
        events.send("response.content_part.added", indexed().set("part", empty));
        String family = refused ? "response.refusal" : "response.output_text";
        for (int i = 0; i < tokens.size(); i++) {
            ObjectNode members = indexed();
            if (!refused) {
                ArrayNode logprobs = members.putArray("logprobs");
                if (topLogprobs >= 0) {
                    logprobs.add(Logprobs.entry(tokens.get(i), i, topLogprobs));
                }
            }
            events.delta(family + ".delta", members, tokens.get(i));
        }
        ObjectNode said = indexed().put(refused ? "refusal" : "text", text());
        if (!refused) {
            said.set("logprobs", logprobs());
        }
        events.send(family + ".done", said);
        events.send("response.content_part.done", indexed().set("part", part()));
    }

    private static ObjectNode indexed() {
        return Json.object().put(CONTENT_INDEX, 0);
    }
}
