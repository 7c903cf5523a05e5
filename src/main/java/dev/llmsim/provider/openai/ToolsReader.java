package dev.llmsim.provider.openai;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.llmsim.provider.conversation.Tool;
import dev.llmsim.provider.conversation.ToolChoice;
import dev.llmsim.provider.conversation.Tooling;
import dev.llmsim.provider.simulation.ApiErrorException;
import dev.llmsim.provider.simulation.Json;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads tools, and the deprecated functions. */
final class ToolsReader {
    private static final Pattern NAME = Pattern.compile("[a-zA-Z0-9_-]+");
    private static final int NAME_LENGTH = 64;

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
                case "function", "" -> tools.add(function(tool.requiredObject("function")));
                case "custom" -> {
                    tools.add(custom(tool.requiredObject("custom")));
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
        List<Tool> tools = fields.oneOrMore("functions").stream()
                .map(ToolsReader::function)
                .toList();
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

    private static Tool function(Fields function) {
        String name = name(function);
        String description = function.text("description").orElse("");
        Optional<Fields> parameters = function.object("parameters");
        boolean strict = function.flag("strict", false);
        if (strict && parameters.isPresent() && function.isStrict()) {
            StrictSchema.check(parameters.get().node()).ifPresent(fault -> {
                throw FieldErrors.of(
                        function.path("parameters"),
                        "invalid_function_parameters",
                        "Invalid schema for function '" + name + "': " + fault);
            });
        }
        return new Tool(name, description, parameters.map(Fields::node).orElseGet(Json::object), strict);
    }

    /** A tool that takes any text: for the engine, an object with that text in it. */
    private static Tool custom(Fields custom) {
        ObjectNode schema = Json.object().put("type", "object");
        schema.putObject("properties").putObject("input").put("type", "string");
        schema.putArray("required").add("input");
        schema.put("additionalProperties", false);
        return new Tool(name(custom), custom.text("description").orElse(""), schema, true);
    }

    /** The name of a tool or a format. */
    static String name(Fields named) {
        String name = named.requiredText("name");
        if (!NAME.matcher(name).matches()) {
            throw FieldErrors.pattern(named.path("name"), "^[a-zA-Z0-9_-]+$");
        }
        if (name.length() > NAME_LENGTH) {
            throw FieldErrors.longText(named.path("name"), NAME_LENGTH, name.length());
        }
        return name;
    }
}
