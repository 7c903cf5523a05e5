package dev.llmsim.provider.anthropic;

import dev.llmsim.provider.conversation.Tool;
import dev.llmsim.provider.conversation.ToolChoice;
import dev.llmsim.provider.conversation.Tooling;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads tools and which of them is to be called. Tools that the service itself would run are taken and never called. */
final class ToolsReader {
    private static final List<String> CHOICES = List.of("auto", "any", "tool", "none");
    private static final Pattern NAME = Pattern.compile("[a-zA-Z0-9_-]{1,128}");

    private final Fields fields;
    private final Set<String> names = new HashSet<>();

    ToolsReader(Fields fields) {
        this.fields = fields;
    }

    Tooling read() {
        List<Tool> tools = new ArrayList<>();
        for (Fields tool : fields.objects("tools")) {
            String type = tool.text("type").orElse("custom");
            String name;
            if (type.equals("custom")) {
                tools.add(custom(tool.tagged("custom")));
                name = tools.get(tools.size() - 1).name();
            } else if (type.equals("function")) {
                throw FieldErrors.tag(tool.path(), type, List.of("custom"));
            } else {
                name = tool.text("name").orElse(type);
            }
            if (!names.add(name)) {
                throw FieldErrors.at("tools", "Tool names must be unique.");
            }
        }
        Fields choice = fields.object("tool_choice").orElse(null);
        if (choice == null) {
            return new Tooling(tools, ToolChoice.AUTO, true);
        }
        return new Tooling(tools, choice(choice, tools), !choice.flag("disable_parallel_tool_use"));
    }

    private static Tool custom(Fields tool) {
        String name = tool.requiredText("name");
        if (!NAME.matcher(name).matches()) {
            throw FieldErrors.at(tool.path("name"), "String should match pattern '^[a-zA-Z0-9_-]{1,128}$'");
        }
        Fields schema = tool.requiredObject("input_schema");
        if (!schema.requiredText("type").equals("object")) {
            throw FieldErrors.value(schema.path("type"), List.of("object"));
        }
        return new Tool(name, tool.text("description").orElse(""), schema.node(), tool.flag("strict"));
    }

    private ToolChoice choice(Fields choice, List<Tool> tools) {
        String type = choice.requiredText("type");
        if (!CHOICES.contains(type)) {
            throw FieldErrors.tag("tool_choice", type, CHOICES);
        }
        if (names.isEmpty() && !type.equals("none")) {
            throw FieldErrors.of("tool_choice may only be specified while providing tools.");
        }
        return switch (type) {
            case "none" -> ToolChoice.NONE;
            case "any" -> ToolChoice.REQUIRED;
            case "tool" -> named(choice.tagged("tool").requiredText("name"), tools);
            default -> ToolChoice.AUTO;
        };
    }

    private ToolChoice named(String name, List<Tool> tools) {
        if (!names.contains(name)) {
            throw FieldErrors.of("Tool '" + name + "' not found in provided tools");
        }
        boolean isOurs = tools.stream().anyMatch(tool -> tool.name().equals(name));
        return isOurs ? new ToolChoice.Named(name) : ToolChoice.NONE;
    }
}
