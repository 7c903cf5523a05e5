package dev.llmsim.provider.openai.responses;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.llmsim.provider.simulation.Json;
import java.util.List;

/**
 * What the model thought before it answered.
 *
 * @param tokens of a summary, or of the thoughts themselves where {@code raw}; empty where nothing is shown
 * @param hiddenTokens how many were thought
 * @param sealed what only the service can read; empty where the client did not ask for it
 */
record ReasoningItem(String id, List<String> tokens, boolean raw, int hiddenTokens, String sealed, Status ended)
        implements OutputItem {
    /** The member of a kept item that tells what it costs; clients never see it. */
    static final String TOKENS = "llmsim_tokens";

    ReasoningItem {
        tokens = List.copyOf(tokens);
    }

    @Override
    public ReasoningItem cut(int shown) {
        return new ReasoningItem(id, tokens.subList(0, shown), raw, hiddenTokens, sealed, Status.INCOMPLETE);
    }

    @Override
    public ObjectNode begun() {
        return json(Status.IN_PROGRESS, List.of());
    }

    @Override
    public ObjectNode done() {
        return json(ended, tokens);
    }

    @Override
    public ObjectNode kept() {
        return done().put(TOKENS, hiddenTokens);
    }

    /** DROP-IN: with a status, which the real service leaves out. */
    private ObjectNode json(Status status, List<String> shown) {
        ObjectNode json = Json.object().put("id", id).put("type", "reasoning");
        if (!sealed.isEmpty()) {
            json.put("encrypted_content", sealed);
        }
        ArrayNode summary = json.putArray("summary");
        if (!shown.isEmpty()) {
            (raw ? json.putArray("content") : summary).add(part(String.join("", shown)));
        }
        return json.put("status", status.wire());
    }

    private ObjectNode part(String text) {
        return Json.object()
                .put("type", raw ? "reasoning_text" : "summary_text")
                .put("text", text);
    }

    @Override
    public void stream(ItemEvents events) {
        if (tokens.isEmpty()) {
            return;
        }
        String part = raw ? "response.content_part" : "response.reasoning_summary_part";
        String text = raw ? events.variant().thoughtEvent() : "response.reasoning_summary_text";
        events.send(part + ".added", indexed().set("part", part("")));
        tokens.forEach(token -> events.delta(text + ".delta", indexed(), token));
        events.send(text + ".done", indexed().put("text", text()));
        events.send(part + ".done", indexed().set("part", part(text())));
    }

    private ObjectNode indexed() {
        return Json.object().put(raw ? "content_index" : "summary_index", 0);
    }
}
