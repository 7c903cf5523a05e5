package dev.llmsim.provider.bedrock;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.llmsim.provider.simulation.Json;
import java.util.List;

/** A {@code text} block. */
record TextBlock(List<String> tokens) implements Block {
    @Override
    public ObjectNode whole() {
        return delta(String.join("", tokens));
    }

    @Override
    public ObjectNode delta(String token) {
        return Json.object().put("text", token);
    }
}
