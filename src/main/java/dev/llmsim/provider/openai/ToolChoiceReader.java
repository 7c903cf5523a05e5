package dev.llmsim.provider.openai;

import com.fasterxml.jackson.databind.JsonNode;
import dev.llmsim.provider.conversation.Tool;
import dev.llmsim.provider.conversation.ToolChoice;
import dev.llmsim.provider.conversation.Tooling;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Reads {@code tool_choice} in all its forms. */
final class ToolChoiceReader {
    private static final List<String> MODES = List.of("none", "auto", "required");

    private ToolChoiceReader() {}

    static Tooling read(Fields fields, List<Tool> tools, boolean parallel) {
        JsonNode choice = fields.at("tool_choice");
        if (choice.isMissingNode()) {
            return new Tooling(tools, ToolChoice.AUTO, parallel);
        }
        if (!choice.isTextual() && !choice.isObject()) {
            throw FieldErrors.type("tool_choice", "one of one of 'none', 'auto', or 'required' or object", choice);
        }
        if (tools.isEmpty() && !fields.isStrict()) {
            return Tooling.NONE;
        }
        if (tools.isEmpty()) {
            throw ToolsReader.onlyWith("tool_choice", "tools");
        }
        if (choice.isTextual()) {
            return new Tooling(tools, mode(fields, "tool_choice", MODES), parallel);
        }
        return chosen(fields.requiredObject("tool_choice"), tools, parallel);
    }

    private static Tooling chosen(Fields choice, List<Tool> tools, boolean parallel) {
        return switch (choice.isStrict()
                ? choice.requiredText("type")
                : choice.text("type").orElse("")) {
            case "allowed_tools" -> allowed(choice.requiredObject("allowed_tools"), tools, parallel);
            case "custom" -> new Tooling(tools, named(choice, "custom", tools), parallel);
            default -> new Tooling(tools, named(choice, "function", tools), parallel);
        };
    }

    /** Some of the tools, for this answer. */
    private static Tooling allowed(Fields allowed, List<Tool> tools, boolean parallel) {
        ToolChoice mode = mode(allowed, "mode", List.of("auto", "required"));
        Set<String> names = new HashSet<>();
        for (Fields tool : allowed.oneOrMore("tools")) {
            String type = tool.text("type").orElse("function");
            String name = tool.requiredObject(type.equals("custom") ? "custom" : "function")
                    .requiredText("name");
            named(name, tools, "tool_choice", "tools");
            names.add(name);
        }
        List<Tool> left =
                tools.stream().filter(tool -> names.contains(tool.name())).toList();
        return new Tooling(left, mode, parallel);
    }

    private static ToolChoice mode(Fields fields, String name, List<String> modes) {
        return switch (fields.requiredOneOf(name, modes)) {
            case "none" -> ToolChoice.NONE;
            case "required", "any" -> ToolChoice.REQUIRED;
            default -> ToolChoice.AUTO;
        };
    }

    private static ToolChoice named(Fields choice, String member, List<Tool> tools) {
        return named(choice.requiredObject(member).requiredText("name"), tools, "tool_choice", "tools");
    }

    /** The tool of this name, which has to be there. */
    static ToolChoice named(String name, List<Tool> tools, String param, String among) {
        if (tools.stream().noneMatch(tool -> tool.name().equals(name))) {
            throw FieldErrors.of(
                    param,
                    "Invalid value for '" + param + "': no function named '" + name + "' was specified in the '" + among
                            + "' parameter.");
        }
        return new ToolChoice.Named(name);
    }
}
