package dev.llmsim.provider.openai;

import dev.llmsim.provider.conversation.Part;
import dev.llmsim.provider.conversation.Role;
import dev.llmsim.provider.conversation.Turn;
import dev.llmsim.provider.simulation.ApiErrorException;
import dev.llmsim.provider.simulation.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads the messages of one request, and holds the results of tools against the calls before them. */
final class MessagesReader {
    private static final List<String> ROLES = List.of("system", "assistant", "user", "function", "tool", "developer");
    private static final List<String> IN_PLACE_OF_CONTENT = List.of("tool_calls", "function_call", "refusal", "audio");

    /** The calls of the last assistant message, by id. */
    private final Map<String, String> calls = new LinkedHashMap<>();

    private final Set<String> unanswered = new LinkedHashSet<>();
    private final List<Turn> turns = new ArrayList<>();

    List<Turn> read(List<Fields> messages) {
        for (Fields message : messages) {
            turns.add(turn(message, message.requiredOneOf("role", ROLES)));
        }
        requireAnswers();
        return turns;
    }

    private Turn turn(Fields message, String role) {
        if (!role.equals("tool")) {
            requireAnswers();
            calls.clear();
        }
        return switch (role) {
            case "tool" -> new Turn(Role.TOOL, List.of(result(message)));
            case "function" ->
                new Turn(Role.TOOL, List.of(new Part.ToolResult("", message.requiredText("name"), text(message))));
            case "assistant" -> new Turn(Role.ASSISTANT, assistant(message));
            case "user" -> new Turn(Role.USER, content(message));
            default -> new Turn(Role.SYSTEM, content(message));
        };
    }

    private List<Part> assistant(Fields message) {
        List<Part> parts = new ArrayList<>();
        if (message.has("content") || IN_PLACE_OF_CONTENT.stream().noneMatch(message::has)) {
            parts.addAll(content(message));
        }
        message.text("refusal").filter(text -> !text.isEmpty()).ifPresent(text -> parts.add(new Part.Text(text)));
        for (Fields call : message.oneOrMore("tool_calls")) {
            parts.add(call(call));
        }
        message.object("function_call")
                .ifPresent(call -> parts.add(new Part.ToolCall(
                        "", call.requiredText("name"), call.text("arguments").orElse("{}"))));
        return parts;
    }

    private Part.ToolCall call(Fields call) {
        String id = call.requiredText("id");
        Part.ToolCall read;
        if (call.text("type").orElse("function").equals("custom")) {
            Fields custom = call.requiredObject("custom");
            String input =
                    Json.text(Json.object().put("input", custom.text("input").orElse("")));
            read = new Part.ToolCall(id, custom.requiredText("name"), input);
        } else {
            Fields function = call.requiredObject("function");
            read = new Part.ToolCall(id, function.requiredText("name"), function.requiredText("arguments"));
        }
        calls.put(id, read.name());
        unanswered.add(id);
        return read;
    }

    private Part.ToolResult result(Fields message) {
        String id = message.requiredText("tool_call_id");
        if (calls.isEmpty()) {
            throw FieldErrors.of(
                    indexed("role"),
                    "Invalid parameter: messages with role 'tool' must be a response to a preceeding message with"
                            + " 'tool_calls'.");
        }
        String name = calls.get(id);
        if (name == null) {
            throw FieldErrors.of(
                    indexed("tool_call_id"),
                    "Invalid parameter: 'tool_call_id' of '" + id + "' not found in 'tool_calls' of previous message.");
        }
        unanswered.remove(id);
        return new Part.ToolResult(id, name, text(message));
    }

    private void requireAnswers() {
        if (!unanswered.isEmpty()) {
            throw FieldErrors.of(
                    indexed("role"),
                    "An assistant message with 'tool_calls' must be followed by tool messages responding to each"
                            + " 'tool_call_id'. The following tool_call_ids did not have response messages: "
                            + String.join(", ", unanswered));
        }
    }

    private String text(Fields message) {
        return new Turn(Role.TOOL, content(message)).text();
    }

    private List<Part> content(Fields message) {
        if (!message.has("content")) {
            throw noContent(message);
        }
        return PartsReader.read(message);
    }

    /** Only {@code developer} messages are told in the words that other fields have. */
    private ApiErrorException noContent(Fields message) {
        if (!message.at("role").asText().equals("developer")) {
            return FieldErrors.of(indexed("content"), "Invalid value for 'content': expected a string, got null.");
        }
        return message.node().has("content")
                ? FieldErrors.type(
                        message.path("content"),
                        PartsReader.EXPECTED,
                        message.node().path("content"))
                : FieldErrors.missing(message.path("content"));
    }

    /** A member of the message that is being read, as these errors spell it: with a dot before the bracket. */
    private String indexed(String member) {
        return "messages.[" + turns.size() + "]." + member;
    }
}
