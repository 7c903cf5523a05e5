package dev.llmsim.provider.anthropic;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.llmsim.provider.simulation.Json;
import java.util.List;

/** A {@code text} block. */
record TextBlock(List<String> tokens) implements Block {
    @Override
    public ObjectNode whole() {
        return text(String.join("", tokens));
    }

    @Override
    public ObjectNode begun() {
        return text("");
    }

    @Override
    public ObjectNode delta(String token) {
        return Json.object().put("type", "text_delta").put("text", token);
    }

    private static ObjectNode text(String text) {
        return Json.object().put("type", "text").put("text", text);
    }
}
