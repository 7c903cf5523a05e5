package dev.llmsim.provider.openai.responses;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.llmsim.provider.openai.FieldErrors;
import dev.llmsim.provider.openai.Fields;
import dev.llmsim.provider.simulation.Ids;
import dev.llmsim.provider.simulation.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Reads the input of a request into items in their full form, each with an id. */
final class ItemsReader {
    private static final List<String> TYPES = List.of(
            "apply_patch_call",
            "apply_patch_call_output",
            "code_interpreter_call",
            "compaction",
            "computer_call",
            "computer_call_output",
            "custom_tool_call",
            "custom_tool_call_output",
            "file_search_call",
            "function_call",
            "function_call_output",
            "image_generation_call",
            "item_reference",
            "local_shell_call",
            "local_shell_call_output",
            "mcp_approval_request",
            "mcp_approval_response",
            "mcp_call",
            "mcp_list_tools",
            "message",
            "reasoning",
            "shell_call",
            "shell_call_output",
            "tool_search_call",
            "tool_search_output",
            "web_search_call");
    private static final List<String> ROLES = List.of("assistant", "system", "developer", "user");
    private static final Map<String, String> PREFIXES = Map.of(
            "message", "msg_",
            "reasoning", "rs_",
            "function_call", "fc_",
            "function_call_output", "fco_",
            "custom_tool_call", "ctc_",
            "custom_tool_call_output", "ctco_",
            "compaction", "cmp_");
    private static final int ID_DIGITS = 50;

    private final Ids ids;
    private final Shelf shelf;

    ItemsReader(Ids ids, Shelf shelf) {
        this.ids = ids;
        this.shelf = shelf;
    }

    /** Those of {@code body}'s member {@code input}; none where it is absent. */
    List<ObjectNode> read(Fields body) {
        JsonNode input = body.at("input");
        if (input.isMissingNode()) {
            return List.of();
        }
        if (input.isTextual()) {
            return input.textValue().isEmpty() ? List.of() : List.of(message("user", text("user", input.textValue())));
        }
        if (!input.isArray()) {
            throw Errors.type("input", "one of a string or array of input items", input);
        }
        for (int i = 0; i < input.size(); i++) {
            if (!input.get(i).isObject()) {
                throw Errors.type("input[" + i + "]", "an input item", input.get(i));
            }
        }
        List<ObjectNode> items = new ArrayList<>();
        for (Fields item : body.objects("input")) {
            items.add(item(item, "input[" + items.size() + "]"));
        }
        return items;
    }

    private ObjectNode item(Fields item, String path) {
        String type = item.has("type") ? item.at("type").asText() : item.has("role") ? "message" : "";
        if (item.isStrict() && !TYPES.contains(type)) {
            throw FieldErrors.value(path, type, TYPES);
        }
        switch (type) {
            case "message", "" -> {
                return message(item, path);
            }
            case "item_reference" -> {
                String id = item.requiredText("id");
                return shelf.item(id).orElseThrow(() -> Errors.noItem(id));
            }
            case "function_call" -> requireTexts(item, "call_id", "name", "arguments");
            case "custom_tool_call" -> requireTexts(item, "call_id", "name", "input");
            case "function_call_output", "custom_tool_call_output" -> requireOutput(item);
            default -> {
                // an item of a tool that the service runs by itself: kept as it is
            }
        }
        return identified(item.node(), type);
    }

    private static void requireTexts(Fields item, String... names) {
        for (String name : names) {
            item.requiredText(name);
        }
    }

    private static void requireOutput(Fields item) {
        item.requiredText("call_id");
        JsonNode output = item.at("output");
        if (output.isMissingNode()) {
            throw FieldErrors.missing(item.path("output"));
        }
        if (!output.isTextual() && !output.isArray()) {
            throw Errors.type(item.path("output"), "one of a string or array of objects", output);
        }
    }

    private ObjectNode message(Fields item, String path) {
        String role = item.at("role").asText();
        if (!ROLES.contains(role) && item.isStrict()) {
            throw FieldErrors.value(path, role, ROLES);
        }
        JsonNode content = item.at("content");
        if (content.isMissingNode()) {
            throw FieldErrors.missing(item.path("content"));
        }
        ArrayNode parts = content.isTextual() ? text(role, content.textValue()) : parts(item, role);
        ObjectNode message = message(role, parts);
        item.text("id").ifPresent(id -> message.put("id", id));
        item.text("phase").ifPresent(phase -> message.put("phase", phase));
        return message;
    }

    private static ArrayNode parts(Fields item, String role) {
        ArrayNode parts = Json.object().arrayNode();
        if (!item.at("content").isArray()) {
            throw Errors.type(item.path("content"), "one of an array of objects or string", item.at("content"));
        }
        for (Fields part : item.objects("content")) {
            PartRules.check(part, role, item.path("content") + "[" + parts.size() + "]");
            parts.add(part.node());
        }
        return parts;
    }

    private static ArrayNode text(String role, String text) {
        ArrayNode parts = Json.object().arrayNode();
        if (role.equals("assistant")) {
            parts.add(Parts.outputText(text, parts.arrayNode()));
        } else {
            parts.addObject().put("type", "input_text").put("text", text);
        }
        return parts;
    }

    private ObjectNode message(String role, ArrayNode content) {
        ObjectNode message = Json.object()
                .put("id", ids.hex("msg_", ID_DIGITS))
                .put("type", "message")
                .put("status", "completed");
        message.set("content", content);
        return message.put("role", role);
    }

    private ObjectNode identified(ObjectNode given, String type) {
        ObjectNode item = Json.object().put("id", given.path("id").asText()).put("type", type);
        given.properties().forEach(member -> {
            if (!member.getKey().equals("id") && !member.getKey().equals("type")) {
                item.set(member.getKey(), member.getValue());
            }
        });
        if (item.path("id").asText().isEmpty() || given.path("id").isNull()) {
            item.put("id", ids.hex(PREFIXES.getOrDefault(type, "item_"), ID_DIGITS));
        }
        return item;
    }
}
