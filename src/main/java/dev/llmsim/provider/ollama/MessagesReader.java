package dev.llmsim.provider.ollama;

import com.fasterxml.jackson.databind.JsonNode;
import dev.llmsim.provider.conversation.Part;
import dev.llmsim.provider.conversation.Role;
import dev.llmsim.provider.conversation.Turn;
import dev.llmsim.provider.simulation.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Reads the messages of a chat. */
final class MessagesReader {
    private MessagesReader() {}

    static List<Turn> read(Fields fields) {
        return fields.objects("messages", "api.Message").stream()
                .map(MessagesReader::turn)
                .toList();
    }

    private static Turn turn(Fields message) {
        String content = message.text("content");
        return switch (message.text("role").toLowerCase(Locale.ROOT)) {
            case "system", "developer" -> Turn.of(Role.SYSTEM, content);
            case "assistant" -> new Turn(Role.ASSISTANT, assistant(message, content));
            case "tool" -> new Turn(Role.TOOL, List.of(result(message, content)));
            default -> new Turn(Role.USER, withImages(message, content));
        };
    }

    /** The result of a call: by its id where the client sends one, else by the name of the tool. */
    private static Part result(Fields message, String content) {
        return new Part.ToolResult(message.text("tool_call_id"), message.text("tool_name"), content);
    }

    private static List<Part> withImages(Fields message, String content) {
        List<Part> parts = new ArrayList<>();
        parts.add(new Part.Text(content));
        parts.addAll(ImagesReader.read(message));
        return parts;
    }

    private static List<Part> assistant(Fields message, String content) {
        List<Part> parts = new ArrayList<>();
        String thinking = message.text("thinking");
        if (!thinking.isEmpty()) {
            parts.add(new Part.Thought(thinking));
        }
        if (!content.isEmpty()) {
            parts.add(new Part.Text(content));
        }
        for (Fields call : message.objects("tool_calls", "api.ToolCall")) {
            Fields function = call.object("function", "api.ToolCallFunction");
            JsonNode arguments = function.object("arguments", "api.ToolCallFunctionArguments")
                    .node();
            parts.add(new Part.ToolCall(call.text("id"), function.text("name"), Json.text(arguments)));
        }
        return parts;
    }
}
