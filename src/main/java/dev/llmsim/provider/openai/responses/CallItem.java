package dev.llmsim.provider.openai.responses;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.llmsim.provider.simulation.Json;
import java.util.List;

/**
 * A call of a tool of the client's.
 *
 * @param custom whether the tool takes a text instead of JSON
 */
record CallItem(String id, String callId, String name, List<String> tokens, boolean custom, Status ended)
        implements OutputItem {
    CallItem {
        tokens = List.copyOf(tokens);
    }

    @Override
    public CallItem cut(int shown) {
        return new CallItem(id, callId, name, tokens.subList(0, shown), custom, Status.INCOMPLETE);
    }

    @Override
    public ObjectNode begun() {
        return json(Status.IN_PROGRESS, "");
    }

    @Override
    public ObjectNode done() {
        return json(ended, text());
    }

    private ObjectNode json(Status status, String given) {
        ObjectNode json = Json.object()
                .put("id", id)
                .put("type", custom ? "custom_tool_call" : "function_call")
                .put("status", status.wire());
        return custom
                ? json.put("call_id", callId).put("input", given).put("name", name)
                : json.put("arguments", given).put("call_id", callId).put("name", name);
    }

    @Override
    public void stream(ItemEvents events) {
        String family = custom ? "response.custom_tool_call_input" : "response.function_call_arguments";
        tokens.forEach(token -> events.delta(family + ".delta", Json.object(), token));
        events.send(family + ".done", Json.object().put(custom ? "input" : "arguments", text()));
    }
}
