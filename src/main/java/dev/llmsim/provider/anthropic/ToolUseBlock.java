package dev.llmsim.provider.anthropic;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.llmsim.provider.simulation.Json;
import java.util.List;

/** A {@code tool_use} block. Its first delta is empty, and the only one where there are no arguments. */
record ToolUseBlock(String id, String name, List<String> tokens) implements Block {
    @Override
    public ObjectNode whole() {
        return call(input());
    }

    @Override
    public ObjectNode begun() {
        return call(Json.object());
    }

    @Override
    public List<ObjectNode> opening() {
        return List.of(delta(""));
    }

    @Override
    public ObjectNode delta(String token) {
        return Json.object().put("type", "input_json_delta").put("partial_json", token);
    }

    @Override
    public boolean sendsTokens() {
        return !String.join("", tokens).equals("{}");
    }

    private ObjectNode call(ObjectNode input) {
        ObjectNode call = Json.object().put("type", "tool_use").put("id", id).put("name", name);
        call.set("input", input);
        call.putObject("caller").put("type", "direct");
        return call;
    }

    /** The arguments; an empty object where they were cut short. */
    private ObjectNode input() {
        try {
            return Json.parse(String.join("", tokens)) instanceof ObjectNode object ? object : Json.object();
        } catch (JsonProcessingException cutShort) {
            return Json.object();
        }
    }
}
