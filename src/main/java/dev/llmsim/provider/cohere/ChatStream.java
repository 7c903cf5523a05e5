package dev.llmsim.provider.cohere;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.llmsim.provider.conversation.Content;
import dev.llmsim.provider.simulation.Events;
import dev.llmsim.provider.simulation.Json;
import dev.llmsim.provider.simulation.Piece;
import java.util.List;

/** Writes a chat as a stream: block after block, one delta for each token. Calls are objects here, not lists of one. */
final class ChatStream {
    private final String id;
    private final Events events = new Events();

    ChatStream(String id) {
        this.id = id;
    }

    List<Piece> write(Message message, ChatEnd end) {
        start();
        int index = 0;
        for (Content block : message.blocks()) {
            block(block, index++);
        }
        for (String token : message.plan()) {
            if (message.planIsSaid()) {
                events.token();
            }
            ObjectNode event = event("tool-plan-delta");
            message(event).put("tool_plan", token);
            send(event);
        }
        int call = 0;
        for (Content.ToolCall made : message.calls()) {
            call(made, call++);
        }
        ObjectNode last = event("message-end");
        end.write(last.putObject("delta"));
        send(last);
        return events.raw("data: [DONE]\n\n").pieces();
    }

    private void start() {
        ObjectNode event = Json.object().put("id", id).put("type", "message-start");
        ObjectNode message = message(event).put("role", "assistant");
        message.putArray("content");
        message.put("tool_plan", "");
        message.putArray("tool_calls");
        message.putArray("citations");
        send(event);
    }

    private void block(Content block, int index) {
        ObjectNode start = event("content-start").put("index", index);
        message(start).set("content", Message.block(block, ""));
        send(start);
        for (String token : block.tokens()) {
            events.token();
            if (!token.isEmpty()) {
                ObjectNode delta = event("content-delta").put("index", index);
                message(delta).putObject("content").put(Message.type(block), token);
                send(delta);
            }
        }
        send(event("content-end").put("index", index));
    }

    private void call(Content.ToolCall call, int index) {
        ObjectNode start = event("tool-call-start").put("index", index);
        message(start).set("tool_calls", Message.call(call, ""));
        send(start);
        for (String token : call.tokens()) {
            events.token();
            if (!token.isEmpty()) {
                ObjectNode delta = event("tool-call-delta").put("index", index);
                message(delta).putObject("tool_calls").putObject("function").put("arguments", token);
                send(delta);
            }
        }
        send(event("tool-call-end").put("index", index));
    }

    private static ObjectNode event(String type) {
        return Json.object().put("type", type);
    }

    private static ObjectNode message(ObjectNode event) {
        return event.putObject("delta").putObject("message");
    }

    private void send(ObjectNode event) {
        events.event(event.path("type").asText(), event);
    }
}
