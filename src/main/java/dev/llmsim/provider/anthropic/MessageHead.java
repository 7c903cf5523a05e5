package dev.llmsim.provider.anthropic;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.llmsim.provider.conversation.Finish;
import dev.llmsim.provider.simulation.Json;

/** Writes a message around its blocks. */
record MessageHead(String id, String model, UsageWriter usage) {
    ObjectNode whole(Blocks blocks, Finish finish) {
        ObjectNode message = begin();
        ArrayNode content = message.putArray("content");
        blocks.blocks().forEach(block -> content.add(block.whole()));
        StopReason.write(message, finish);
        message.set("usage", usage.whole());
        return message;
    }

    /** What {@code message_start} shows: nothing has been said. */
    ObjectNode begun() {
        ObjectNode message = begin();
        message.putArray("content");
        message.putNull("stop_reason").putNull("stop_sequence").putNull("stop_details");
        message.set("usage", usage.begun());
        return message;
    }

    private ObjectNode begin() {
        return Json.object()
                .put("model", model)
                .put("id", id)
                .put("type", "message")
                .put("role", "assistant");
    }
}
