package dev.llmsim.provider.bedrock;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.llmsim.provider.simulation.Json;
import java.util.List;
import java.util.Optional;

/**
 * A {@code toolUse} block.
 *
 * @param typed whether it names its type, as those of Claude do
 */
record ToolUseBlock(String id, String name, List<String> tokens, boolean typed) implements Block {
    @Override
    public ObjectNode whole() {
        ObjectNode use = Json.object();
        use.set("input", input());
        return wrapped(named(use));
    }

    @Override
    public Optional<ObjectNode> start() {
        return Optional.of(wrapped(named(Json.object())));
    }

    @Override
    public ObjectNode delta(String token) {
        return wrapped(Json.object().put("input", token));
    }

    private ObjectNode named(ObjectNode use) {
        use.put("name", name).put("toolUseId", id);
        return typed ? use.put("type", "tool_use") : use;
    }

    private static ObjectNode wrapped(ObjectNode use) {
        ObjectNode block = Json.object();
        block.set("toolUse", use);
        return block;
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
