package dev.llmsim.provider.anthropic;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.llmsim.provider.conversation.Finish;
import dev.llmsim.provider.simulation.Json;

/** Writes a message as a stream: block after block, one delta for each token. */
final class MessageStream {
    private final MessageHead head;
    private final EventSink sink;

    MessageStream(MessageHead head, EventSink sink) {
        this.head = head;
        this.sink = sink;
    }

    void write(Blocks blocks, Finish finish) {
        ObjectNode start = event("message_start");
        start.set("message", head.begun());
        send(start);
        if (blocks.blocks().isEmpty()) {
            send(event("ping"));
        }
        int index = 0;
        for (Block block : blocks.blocks()) {
            block(block, index++);
        }
        ObjectNode end = event("message_delta");
        StopReason.write(end.putObject("delta"), finish);
        end.set("usage", head.usage().cumulative());
        send(end);
        send(event("message_stop"));
    }

    private void block(Block block, int index) {
        ObjectNode start = event("content_block_start").put("index", index);
        start.set("content_block", block.begun());
        send(start);
        if (index == 0) {
            send(event("ping"));
        }
        block.opening().forEach(delta -> delta(delta, index));
        for (String token : block.tokens()) {
            sink.token();
            if (block.sendsTokens() && !token.isEmpty()) {
                delta(block.delta(token), index);
            }
        }
        block.closing().forEach(delta -> delta(delta, index));
        send(event("content_block_stop").put("index", index));
    }

    private void delta(ObjectNode delta, int index) {
        ObjectNode event = event("content_block_delta").put("index", index);
        event.set("delta", delta);
        send(event);
    }

    private static ObjectNode event(String type) {
        return Json.object().put("type", type);
    }

    private void send(ObjectNode event) {
        sink.send(event);
    }
}
