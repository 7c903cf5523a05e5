package dev.llmsim.provider.anthropic;

import com.fasterxml.jackson.databind.JsonNode;
import dev.llmsim.provider.conversation.Part;
import dev.llmsim.provider.simulation.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Reads the content of a message: a text, or blocks. */
final class BlocksReader {
    private static final List<String> TYPES = List.of(
            "document",
            "image",
            "redacted_thinking",
            "search_result",
            "server_tool_use",
            "text",
            "thinking",
            "tool_result",
            "tool_use",
            "web_search_tool_result");

    private static final List<String> OTHERS = List.of("container_upload", "compaction", "fallback");

    private final ApiVersion version;
    private final ToolIds ids;
    private final String role;

    BlocksReader(ApiVersion version, ToolIds ids, String role) {
        this.version = version;
        this.ids = ids;
        this.role = role;
    }

    List<Part> read(Fields message) {
        JsonNode content = message.at("content");
        if (content.isTextual()) {
            return content.textValue().isEmpty() ? List.of() : List.of(new Part.Text(content.textValue()));
        }
        List<Part> parts = new ArrayList<>();
        message.objects("content").forEach(block -> parts.addAll(block(block)));
        return parts;
    }

    private List<Part> block(Fields block) {
        String type = block.requiredText("type");
        version.checkBlock(role, type, block);
        return switch (type) {
            case "text" -> List.of(text(block.tagged(type)));
            case "image" -> List.of(MediaReader.image(block.tagged(type)));
            case "document" -> document(block.tagged(type));
            case "tool_use" -> List.of(call(block.tagged(type)));
            case "tool_result" -> result(block);
            case "thinking" -> List.of(thought(block.tagged(type)));
            case "redacted_thinking" -> List.of(redacted(block.tagged(type)));
            case "search_result" -> List.copyOf(read(block.tagged(type)));
            default -> other(block, type);
        };
    }

    private static Part text(Fields block) {
        String text = block.requiredText("text");
        if (text.isEmpty()) {
            throw FieldErrors.at("messages", "text content blocks must be non-empty");
        }
        return new Part.Text(text);
    }

    private static Part thought(Fields block) {
        block.requiredText("signature");
        return new Part.Thought(block.requiredText("thinking"));
    }

    private static Part redacted(Fields block) {
        block.requiredText("data");
        return new Part.Thought("");
    }

    private List<Part> document(Fields block) {
        Fields source = block.requiredObject("source");
        return source.at("type").asText().equals("content")
                ? read(source.tagged("content"))
                : List.of(MediaReader.document(source));
    }

    private Part call(Fields block) {
        requireRole("tool_use", "assistant");
        String id = block.requiredText("id");
        String name = block.requiredText("name");
        String input = Json.text(block.requiredObject("input").node());
        ids.call(block, id, name);
        return new Part.ToolCall(id, name, input);
    }

    /** The text of a result, and beside it the images and documents that it brought. */
    private List<Part> result(Fields block) {
        requireRole("tool_result", "user");
        Fields tagged = block.tagged("tool_result");
        String id = tagged.requiredText("tool_use_id");
        tagged.flag("is_error");
        List<Part> nested = tagged.has("content") ? read(tagged) : List.of();
        String text = nested.stream()
                .filter(Part.Text.class::isInstance)
                .map(part -> ((Part.Text) part).text())
                .collect(Collectors.joining(" "));
        List<Part> parts = new ArrayList<>();
        parts.add(new Part.ToolResult(id, ids.result(block.path(), id), text));
        nested.stream().filter(part -> !(part instanceof Part.Text)).forEach(parts::add);
        return parts;
    }

    private void requireRole(String type, String only) {
        if (!role.equals(only)) {
            throw FieldErrors.at("messages", "`" + type + "` blocks can only be in `" + only + "` messages");
        }
    }

    /** What tools of the service did: nothing that we count. */
    private static List<Part> other(Fields block, String type) {
        boolean isKnown = type.endsWith("_tool_use") || type.endsWith("_tool_result") || OTHERS.contains(type);
        if (!isKnown) {
            throw FieldErrors.tag(block.path(), type, TYPES);
        }
        return List.of();
    }
}
