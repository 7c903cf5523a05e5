package dev.llmsim.provider.ollama;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.llmsim.provider.conversation.Choice;
import dev.llmsim.provider.conversation.Content;
import dev.llmsim.provider.simulation.Json;
import java.util.List;

/**
 * What one object of an answer tells of what the model says.
 *
 * @param firstCall the place of the first of the calls among all of the answer
 */
record Said(String content, String thinking, List<Content.ToolCall> calls, int firstCall) {
    static final Said NOTHING = new Said("", "", List.of(), 0);

    Said {
        calls = List.copyOf(calls);
    }

    static Said text(String content) {
        return new Said(content, "", List.of(), 0);
    }

    static Said thought(String thinking) {
        return new Said("", thinking, List.of(), 0);
    }

    static Said call(Content.ToolCall call, int index) {
        return new Said("", "", List.of(call), index);
    }

    /** All of an answer. */
    static Said all(Choice choice) {
        StringBuilder content = new StringBuilder();
        StringBuilder thinking = new StringBuilder();
        for (Content part : choice.contents()) {
            if (part instanceof Content.Thought) {
                thinking.append(part.text());
            } else if (!(part instanceof Content.ToolCall)) {
                content.append(part.text());
            }
        }
        return new Said(content.toString(), thinking.toString(), choice.toolCalls(), 0);
    }

    /** As the message of a chat. */
    void writeMessage(ObjectNode json) {
        ObjectNode message = json.putObject("message").put("role", "assistant").put("content", content);
        writeThinking(message);
        if (calls.isEmpty()) {
            return;
        }
        ArrayNode written = message.putArray("tool_calls");
        for (Content.ToolCall call : calls) {
            ObjectNode function = written.addObject().put("id", call.id()).putObject("function");
            function.put("index", firstCall + written.size() - 1).put("name", call.name());
            function.set("arguments", arguments(call));
        }
    }

    /** As the answer to a bare prompt. */
    void writeResponse(ObjectNode json) {
        writeThinking(json.put("response", content));
    }

    private void writeThinking(ObjectNode json) {
        if (!thinking.isEmpty()) {
            json.put("thinking", thinking);
        }
    }

    /** An object; an empty one where a limit cut the arguments short, which the real server cannot read either. */
    private static JsonNode arguments(Content.ToolCall call) {
        try {
            JsonNode read = Json.parse(call.text());
            return read.isObject() ? read : Json.object();
        } catch (JsonProcessingException cutShort) {
            return Json.object();
        }
    }
}
