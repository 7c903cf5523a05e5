package dev.llmsim.provider.openai.responses;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.llmsim.provider.conversation.Tool;
import dev.llmsim.provider.conversation.ToolChoice;
import dev.llmsim.provider.conversation.Tooling;
import dev.llmsim.provider.openai.FieldErrors;
import dev.llmsim.provider.openai.Fields;
import dev.llmsim.provider.simulation.ApiErrorException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Reads {@code tool_choice} in all its forms. */
final class ToolChoiceReader {
    private static final String NAME = "tool_choice";
    private static final List<String> MODES = List.of("none", "auto", "required");

    private ToolChoiceReader() {}

    static Tools read(Fields body, List<Tool> tools, Set<String> custom, ArrayNode written) {
        boolean parallel = body.flag("parallel_tool_calls", true);
        JsonNode choice = body.at(NAME);
        if (choice.isMissingNode()) {
            return new Tools(new Tooling(tools, ToolChoice.AUTO, parallel), custom, written, TextNode.valueOf("auto"));
        }
        if (!choice.isTextual() && !choice.isObject()) {
            throw Errors.type(NAME, "one of an object or 'none', 'auto', or 'required'", choice);
        }
        Tooling tooling = choice.isTextual()
                ? new Tooling(tools, mode(body, NAME, MODES), parallel)
                : chosen(body.requiredObject(NAME), new Given(tools, written), parallel);
        return new Tools(tooling, custom, written, choice);
    }

    /**
     * The tools of the request.
     *
     * @param written all of them, those of the service's own too
     */
    private record Given(List<Tool> tools, ArrayNode written) {}

    private static Tooling chosen(Fields choice, Given given, boolean parallel) {
        List<Tool> tools = given.tools();
        String type = choice.requiredText("type");
        switch (type) {
            case "function", "custom" -> {
                return new Tooling(tools, named(choice.requiredText("name"), tools, choice.isStrict()), parallel);
            }
            case "allowed_tools" -> {
                return allowed(choice, tools, parallel);
            }
            default -> {
                boolean there = given.written().findValuesAsText("type").contains(type);
                if (!there && choice.isStrict()) {
                    throw notFound(type);
                }
                // a tool of the service's own, of which nothing is simulated
                return new Tooling(tools, ToolChoice.AUTO, parallel);
            }
        }
    }

    /** Some of the tools, for this answer. */
    private static Tooling allowed(Fields choice, List<Tool> tools, boolean parallel) {
        ToolChoice mode = mode(choice, "mode", List.of("auto", "required"));
        Set<String> names = new HashSet<>();
        for (Fields tool : choice.objects("tools")) {
            tool.text("name").ifPresent(name -> {
                named(name, tools, choice.isStrict());
                names.add(name);
            });
        }
        List<Tool> left =
                tools.stream().filter(tool -> names.contains(tool.name())).toList();
        return new Tooling(left, mode, parallel);
    }

    private static ToolChoice mode(Fields fields, String name, List<String> modes) {
        return switch (fields.requiredOneOf(name, modes)) {
            case "none" -> ToolChoice.NONE;
            case "required" -> ToolChoice.REQUIRED;
            default -> ToolChoice.AUTO;
        };
    }

    private static ToolChoice named(String name, List<Tool> tools, boolean strict) {
        if (tools.stream().noneMatch(tool -> tool.name().equals(name)) && strict) {
            throw notFound(name);
        }
        return new ToolChoice.Named(name);
    }

    private static ApiErrorException notFound(String tool) {
        return FieldErrors.of(NAME, "Tool choice '" + tool + "' not found in 'tools' parameter.");
    }
}
