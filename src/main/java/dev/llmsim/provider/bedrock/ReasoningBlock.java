package dev.llmsim.provider.bedrock;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.llmsim.provider.simulation.Json;
import java.util.List;

/** A {@code reasoningContent} block; without a signature ({@code ""}) where the model signs nothing. */
record ReasoningBlock(List<String> tokens, String signature) implements Block {
    @Override
    public ObjectNode whole() {
        ObjectNode text = Json.object();
        if (!signature.isEmpty()) {
            text.put("signature", signature);
        }
        text.put("text", String.join("", tokens));
        ObjectNode reasoning = Json.object();
        reasoning.putObject("reasoningContent").set("reasoningText", text);
        return reasoning;
    }

    @Override
    public ObjectNode delta(String token) {
        return reasoning("text", token);
    }

    @Override
    public List<ObjectNode> closing() {
        return signature.isEmpty() ? List.of() : List.of(reasoning("signature", signature));
    }

    private static ObjectNode reasoning(String name, String value) {
        ObjectNode reasoning = Json.object();
        reasoning.putObject("reasoningContent").put(name, value);
        return reasoning;
    }
}
