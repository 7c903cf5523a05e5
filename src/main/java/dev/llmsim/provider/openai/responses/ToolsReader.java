package dev.llmsim.provider.openai.responses;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.llmsim.provider.conversation.Tool;
import dev.llmsim.provider.openai.Fields;
import dev.llmsim.provider.openai.ToolForms;
import dev.llmsim.provider.simulation.Json;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Reads tools. Here they are flat; those that the service runs by itself are accepted, and never called. */
final class ToolsReader {
    private final List<Tool> tools = new ArrayList<>();
    private final Set<String> custom = new HashSet<>();
    private final ArrayNode written = Json.object().arrayNode();

    private ToolsReader() {}

    static Tools read(Fields body) {
        if (body.has("tools") && !body.at("tools").isArray()) {
            throw Errors.type("tools", "an array of tools", body.at("tools"));
        }
        ToolsReader reader = new ToolsReader();
        body.objects("tools").forEach(reader::add);
        return ToolChoiceReader.read(body, reader.tools, reader.custom, reader.written);
    }

    private void add(Fields tool) {
        switch (tool.requiredText("type")) {
            case "function" -> {
                tools.add(ToolForms.function(tool));
                written.add(rewritten(tool, "description", "name", "parameters", "strict"));
            }
            case "custom" -> {
                tools.add(ToolForms.custom(tool));
                custom.add(tools.get(tools.size() - 1).name());
                written.add(rewritten(tool, "description", "format", "name"));
            }
            case "namespace" -> {
                tool.objects("tools").forEach(this::inNamespace);
                written.add(tool.node());
            }
            default -> written.add(tool.node());
        }
    }

    private void inNamespace(Fields tool) {
        if (tool.at("type").asText().equals("function")) {
            tools.add(ToolForms.function(tool));
        }
    }

    /** The tool as the service repeats it: these members after all others, with what holds where they were not given. */
    private static ObjectNode rewritten(Fields tool, String... last) {
        ObjectNode json = Json.object().put("type", tool.at("type").asText());
        Set<String> ordered = Set.of(last);
        tool.node().properties().forEach(member -> {
            if (!ordered.contains(member.getKey()) && !member.getKey().equals("type")) {
                json.set(member.getKey(), member.getValue());
            }
        });
        for (String name : last) {
            json.set(name, tool.has(name) ? tool.at(name) : usual(name));
        }
        return json;
    }

    private static JsonNode usual(String name) {
        ObjectNode json = Json.object();
        return switch (name) {
            case "strict" -> json.booleanNode(true);
            case "format" -> json.put("type", "text");
            default -> json.nullNode();
        };
    }
}
