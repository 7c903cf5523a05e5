package dev.llmsim.provider.cohere;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.llmsim.provider.conversation.Choice;
import dev.llmsim.provider.conversation.Content;
import dev.llmsim.provider.simulation.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * What the model says.
 *
 * @param blocks thoughts and texts
 * @param plan what it says before it calls tools; empty where it calls none
 */
record Message(List<Content> blocks, List<String> plan, boolean planIsSaid, List<Content.ToolCall> calls) {
    private static final Pattern DRAWN_ID = Pattern.compile("[A-Za-z0-9]{12}");

    Message {
        blocks = List.copyOf(blocks);
        plan = List.copyOf(plan);
        calls = List.copyOf(calls);
    }

    /** A text before calls is the plan; where there is none, one is made up that costs nothing. */
    static Message of(Choice choice) {
        List<Content.ToolCall> calls = choice.toolCalls().stream()
                .map(call -> new Content.ToolCall(id(call), call.name(), call.tokens()))
                .toList();
        List<Content> blocks = new ArrayList<>();
        List<String> said = new ArrayList<>();
        for (Content content : choice.contents()) {
            boolean speaks =
                    !(content instanceof Content.ToolCall) && !content.tokens().isEmpty();
            if (speaks && (calls.isEmpty() || content instanceof Content.Thought)) {
                blocks.add(content);
            } else if (speaks) {
                said.addAll(content.tokens());
            }
        }
        if (calls.isEmpty() || !said.isEmpty()) {
            return new Message(blocks, said, true, calls);
        }
        return new Message(blocks, List.of("I will use the '", calls.get(0).name(), "' tool."), false, calls);
    }

    /** Where the engine drew it, with the name of the tool before it: {@code get_weather_9gpb31r7h7mj}. */
    private static String id(Content.ToolCall call) {
        return DRAWN_ID.matcher(call.id()).matches()
                ? call.name() + "_" + call.id().toLowerCase(Locale.ROOT)
                : call.id();
    }

    int shownTokens() {
        int shown = planIsSaid ? plan.size() : 0;
        for (Content block : blocks) {
            shown += block.tokens().size();
        }
        for (Content.ToolCall call : calls) {
            shown += call.tokens().size();
        }
        return shown;
    }

    ObjectNode whole(String id, ChatEnd end) {
        ObjectNode json = Json.object().put("id", id);
        ObjectNode message = json.putObject("message").put("role", "assistant");
        if (!plan.isEmpty()) {
            message.put("tool_plan", String.join("", plan));
        }
        if (!calls.isEmpty()) {
            ArrayNode written = message.putArray("tool_calls");
            calls.forEach(call -> written.add(call(call, call.text())));
        }
        if (!blocks.isEmpty() || calls.isEmpty()) {
            ArrayNode written = message.putArray("content");
            blocks.forEach(block -> written.add(block(block, block.text())));
        }
        end.write(json);
        return json;
    }

    static ObjectNode block(Content block, String text) {
        return Json.object().put("type", type(block)).put(type(block), text);
    }

    /** The name of a block's kind, and of the member that holds its text. */
    static String type(Content block) {
        return block instanceof Content.Thought ? "thinking" : "text";
    }

    static ObjectNode call(Content.ToolCall call, String arguments) {
        ObjectNode json = Json.object().put("id", call.id()).put("type", "function");
        json.putObject("function").put("name", call.name()).put("arguments", arguments);
        return json;
    }
}
