package dev.llmsim.provider.openai;

import com.fasterxml.jackson.databind.JsonNode;
import dev.llmsim.provider.conversation.Tool;
import dev.llmsim.provider.conversation.ToolChoice;
import dev.llmsim.provider.conversation.Tooling;
import dev.llmsim.provider.simulation.ApiErrorException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Reads tools, and the deprecated functions. */
final class ToolsReader {
    private ToolsReader() {}

    /** The tools, and how calls of them are written. */
    record Read(Tooling tooling, ChatRequest.CallForms callForms) {}

    static Read read(Fields fields) {
        if (fields.has("functions")) {
            return legacy(fields);
        }
        if (fields.has("function_call")) {
            throw onlyWith("function_call", "functions");
        }
        List<Tool> tools = new ArrayList<>();
        Set<String> custom = new HashSet<>();
        for (Fields tool : fields.oneOrMore("tools")) {
            switch (tool.requiredOneOf("type", List.of("function", "custom"))) {
                case "function", "" -> tools.add(ToolForms.function(tool.requiredObject("function")));
                case "custom" -> {
                    tools.add(ToolForms.custom(tool.requiredObject("custom")));
                    custom.add(tools.get(tools.size() - 1).name());
                }
                default -> {
                    // another service's own tool, which that service runs by itself
                }
            }
        }
        boolean parallel = fields.flag("parallel_tool_calls", true);
        if (tools.isEmpty() && fields.has("parallel_tool_calls") && fields.isStrict()) {
            throw onlyWith("parallel_tool_calls", "tools");
        }
        Tooling tooling = ToolChoiceReader.read(fields, tools, parallel);
        return new Read(tooling, new ChatRequest.CallForms(false, custom));
    }

    private static Read legacy(Fields fields) {
        List<Tool> tools =
                fields.oneOrMore("functions").stream().map(ToolForms::function).toList();
        Tooling tooling = new Tooling(tools, legacyChoice(fields, tools), false);
        return new Read(tooling, new ChatRequest.CallForms(true, Set.of()));
    }

    private static ToolChoice legacyChoice(Fields fields, List<Tool> tools) {
        JsonNode choice = fields.at("function_call");
        if (choice.isMissingNode()) {
            return ToolChoice.AUTO;
        }
        if (choice.isTextual()) {
            String mode = fields.requiredOneOf("function_call", List.of("none", "auto"));
            return mode.equals("none") ? ToolChoice.NONE : ToolChoice.AUTO;
        }
        String name = fields.requiredObject("function_call").requiredText("name");
        return ToolChoiceReader.named(name, tools, "function_call", "functions");
    }

    /** That {@code param} makes no sense without {@code needed}. */
    static ApiErrorException onlyWith(String param, String needed) {
        return FieldErrors.of(
                param,
                "Invalid value for '" + param + "': '" + param + "' is only allowed when '" + needed
                        + "' are specified.");
    }
}
