package dev.llmsim.provider.openai.responses;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.llmsim.provider.conversation.Part;
import dev.llmsim.provider.conversation.Role;
import dev.llmsim.provider.conversation.Turn;
import dev.llmsim.provider.openai.FieldErrors;
import dev.llmsim.provider.simulation.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Items as the turns that they are: what the model said one after the other, up to its next message, is one turn. */
final class Conversation {
    private final List<Turn> turns = new ArrayList<>();

    /** The names of the tools that were called, by the id of the call. */
    private final Map<String, String> calls = new LinkedHashMap<>();

    private final Set<String> unanswered = new LinkedHashSet<>();

    private Conversation() {}

    /** @param checked whether each result needs a call, and each call a result */
    static List<Turn> of(List<ObjectNode> items, boolean checked) {
        Conversation conversation = new Conversation();
        int turn = lastOfUser(items);
        for (int i = 0; i < items.size(); i++) {
            conversation.add(items.get(i), checked);
            if (i > turn) {
                conversation.rethink(items.get(i));
            }
        }
        if (checked && !conversation.unanswered.isEmpty()) {
            throw FieldErrors.of(
                    "input",
                    "No tool output found for function call "
                            + conversation.unanswered.iterator().next() + ".");
        }
        return conversation.turns;
    }

    private void add(ObjectNode item, boolean checked) {
        switch (item.path("type").asText()) {
            case "message" -> message(item);
            case "function_call" -> call(item, item.path("arguments").asText());
            case "custom_tool_call" ->
                call(
                        item,
                        Json.text(Json.object().put("input", item.path("input").asText())));
            case "function_call_output", "custom_tool_call_output" -> result(item, checked);
            case "reasoning" -> assistant(new Part.Thought(thoughts(item)), false);
            default ->
                assistant(new Part.Attachment("text/json", Json.text(item).length()), false);
        }
    }

    private static int lastOfUser(List<ObjectNode> items) {
        int last = items.size() - 1;
        while (last >= 0 && !items.get(last).path("role").asText().equals("user")) {
            last--;
        }
        return last;
    }

    /** Thoughts since the user last spoke are read again, and cost again; older ones are dropped. */
    private void rethink(ObjectNode item) {
        int tokens = item.path("type").asText().equals("reasoning") ? SealedThoughts.tokens(item) : 0;
        if (tokens > 0) {
            assistant(new Part.Attachment("text/plain", (tokens - 1) * 4L), true);
        }
    }

    private void message(ObjectNode item) {
        List<Part> parts = Parts.of(item.path("content"));
        switch (item.path("role").asText()) {
            case "user" -> turns.add(new Turn(Role.USER, parts));
            case "assistant" -> {
                if (onlyThought()) {
                    parts.forEach(part -> assistant(part, true));
                } else {
                    turns.add(new Turn(Role.ASSISTANT, parts));
                }
            }
            default -> turns.add(new Turn(Role.SYSTEM, parts));
        }
    }

    private boolean onlyThought() {
        return isAssistant()
                && last().parts().stream()
                        .allMatch(part -> part instanceof Part.Thought || part instanceof Part.Attachment);
    }

    private void call(ObjectNode item, String arguments) {
        String id = item.path("call_id").asText();
        String name = item.path("name").asText();
        calls.put(id, name);
        unanswered.add(id);
        assistant(new Part.ToolCall(id, name, arguments), true);
    }

    private void result(ObjectNode item, boolean checked) {
        String id = item.path("call_id").asText();
        String name = calls.getOrDefault(id, "");
        if (checked && !calls.containsKey(id)) {
            throw FieldErrors.of("input", "No tool call found for function call output with call_id " + id + ".");
        }
        unanswered.remove(id);
        List<Part> output = Parts.of(item.path("output"));
        List<Part> parts = new ArrayList<>();
        parts.add(new Part.ToolResult(id, name, new Turn(Role.TOOL, output).text()));
        output.stream().filter(part -> !(part instanceof Part.Text)).forEach(parts::add);
        turns.add(new Turn(Role.TOOL, parts));
    }

    /** Adds to what the model is saying. */
    private void assistant(Part part, boolean joins) {
        if (!isAssistant() || !(joins || onlyThought())) {
            turns.add(new Turn(Role.ASSISTANT, List.of(part)));
            return;
        }
        List<Part> parts = new ArrayList<>(last().parts());
        parts.add(part);
        turns.set(turns.size() - 1, new Turn(Role.ASSISTANT, parts));
    }

    private boolean isAssistant() {
        return !turns.isEmpty() && last().role() == Role.ASSISTANT;
    }

    private Turn last() {
        return turns.get(turns.size() - 1);
    }

    private static String thoughts(ObjectNode reasoning) {
        List<String> texts = new ArrayList<>();
        for (String member : List.of("summary", "content")) {
            for (JsonNode part : reasoning.path(member)) {
                texts.add(part.path("text").asText());
            }
        }
        return texts.stream().collect(Collectors.joining("\n"));
    }
}
