package dev.llmsim.provider.cohere;

import com.fasterxml.jackson.databind.JsonNode;
import dev.llmsim.provider.conversation.Part;
import dev.llmsim.provider.conversation.Role;
import dev.llmsim.provider.conversation.Turn;
import dev.llmsim.provider.media.DataUrl;
import dev.llmsim.provider.media.ImageSize;
import dev.llmsim.provider.simulation.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Reads the messages of one chat, and names the tools whose results they bring. */
final class MessagesReader {
    private final Map<String, String> toolOfCall = new LinkedHashMap<>();

    List<Turn> read(Fields fields) {
        List<Fields> messages = fields.objects("messages");
        if (messages.isEmpty()) {
            throw Fields.invalid("message must be at least 1 token long or tool results must be specified.");
        }
        return messages.stream().map(this::turn).toList();
    }

    private Turn turn(Fields message) {
        String role = message.requiredText("role").toLowerCase(Locale.ROOT);
        return switch (role) {
            case "user" -> new Turn(Role.USER, content(message));
            case "system", "developer" -> new Turn(Role.SYSTEM, content(message));
            case "assistant" -> new Turn(Role.ASSISTANT, assistant(message));
            case "tool" -> new Turn(Role.TOOL, List.of(result(message)));
            default ->
                throw Fields.invalid(
                        "invalid role '" + role + "' (expected one of 'user', 'assistant', 'system', 'tool').");
        };
    }

    private Part result(Fields message) {
        String id = message.requiredText("tool_call_id");
        String name = toolOfCall.get(id);
        if (name == null) {
            throw Fields.invalid("tool_call_id '" + id + "' was not found among the tool calls before it.");
        }
        return new Part.ToolResult(id, name, new Turn(Role.TOOL, content(message)).text());
    }

    private List<Part> assistant(Fields message) {
        List<Part> parts = new ArrayList<>(content(message));
        String plan = message.text("tool_plan");
        if (!plan.isEmpty()) {
            parts.add(new Part.Text(plan));
        }
        for (Fields call : message.objects("tool_calls")) {
            Fields function = call.requiredObject("function");
            String name = function.requiredText("name");
            toolOfCall.put(call.text("id"), name);
            parts.add(new Part.ToolCall(call.text("id"), name, function.text("arguments")));
        }
        return parts;
    }

    private static List<Part> content(Fields message) {
        JsonNode content = message.at("content");
        if (content.isMissingNode()) {
            return List.of();
        }
        if (content.isTextual()) {
            return List.of(new Part.Text(content.textValue()));
        }
        return message.objects("content").stream().map(MessagesReader::part).toList();
    }

    private static Part part(Fields part) {
        return switch (part.requiredText("type")) {
            case "text" -> new Part.Text(part.requiredText("text"));
            case "thinking" -> new Part.Thought(part.text("thinking"));
            case "image_url" -> image(part.requiredObject("image_url"));
            case "document" ->
                new Part.Text(Json.text(part.requiredObject("document").node()));
            default -> new Part.Attachment("", 0);
        };
    }

    private static Part image(Fields image) {
        ImageSize size =
                DataUrl.parse(image.requiredText("url")).map(DataUrl::imageSize).orElse(ImageSize.UNKNOWN);
        Part.Detail detail = switch (image.text("detail")) {
            case "low" -> Part.Detail.LOW;
            case "high" -> Part.Detail.HIGH;
            default -> Part.Detail.AUTO;
        };
        return new Part.Image(size.width(), size.height(), detail);
    }
}
