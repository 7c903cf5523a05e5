package dev.llmsim.provider.anthropic;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.llmsim.provider.simulation.Json;
import java.util.List;

/** A {@code thinking} block; without tokens where the client wants its thoughts omitted. */
record ThinkingBlock(List<String> tokens, String signature) implements Block {
    @Override
    public ObjectNode whole() {
        return thinking(String.join("", tokens), signature);
    }

    @Override
    public ObjectNode begun() {
        return thinking("", "");
    }

    @Override
    public ObjectNode delta(String token) {
        return Json.object().put("type", "thinking_delta").put("thinking", token);
    }

    @Override
    public List<ObjectNode> closing() {
        return List.of(Json.object().put("type", "signature_delta").put("signature", signature));
    }

    private static ObjectNode thinking(String thinking, String signature) {
        return Json.object().put("type", "thinking").put("thinking", thinking).put("signature", signature);
    }
}
