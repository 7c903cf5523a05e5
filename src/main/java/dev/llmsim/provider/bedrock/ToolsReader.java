package dev.llmsim.provider.bedrock;

import dev.llmsim.provider.conversation.Part;
import dev.llmsim.provider.conversation.Tool;
import dev.llmsim.provider.conversation.ToolChoice;
import dev.llmsim.provider.conversation.Tooling;
import dev.llmsim.provider.conversation.Turn;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads tools and which of them is to be called. Tools that the service itself would run are taken and never called. */
final class ToolsReader {
    private static final Pattern NAME = Pattern.compile("[a-zA-Z0-9_-]+");
    private static final int MAX_NAME = 64;

    private ToolsReader() {}

    /** The tools of a request, which has to have some where its {@code turns} speak of calls. */
    static Tooling read(Fields request, List<Turn> turns) {
        Fields config = request.object("toolConfig").orElse(null);
        if (config == null) {
            boolean needsTools =
                    turns.stream().flatMap(turn -> turn.parts().stream()).anyMatch(ToolsReader::isOfTools);
            if (needsTools) {
                throw Invalid.of(
                        "The toolConfig field must be defined when using toolUse and toolResult content blocks.");
            }
            return Tooling.NONE;
        }
        List<Tool> tools = tools(config);
        return new Tooling(tools, choice(config, tools), true);
    }

    private static boolean isOfTools(Part part) {
        return part instanceof Part.ToolCall || part instanceof Part.ToolResult;
    }

    private static List<Tool> tools(Fields config) {
        if (!config.has("tools")) {
            throw Invalid.missing(config.path("tools"));
        }
        List<Fields> listed = config.objects("tools");
        if (listed.isEmpty()) {
            throw Invalid.constraint("'[]'", config.path("tools"), "have length greater than or equal to 1");
        }
        List<Tool> tools = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (Fields one : listed) {
            one.object("toolSpec").map(ToolsReader::tool).ifPresent(tools::add);
        }
        for (Tool tool : tools) {
            if (!names.add(tool.name())) {
                throw Invalid.of("The tool " + tool.name() + " is already defined at toolConfig.tools.");
            }
        }
        return tools;
    }

    private static Tool tool(Fields spec) {
        String name = spec.requiredText("name");
        if (!NAME.matcher(name).matches()) {
            throw Invalid.constraint(
                    "'" + name + "'", spec.path("name"), "satisfy regular expression pattern: [a-zA-Z0-9_-]+");
        }
        if (name.length() > MAX_NAME) {
            throw Invalid.constraint(
                    "'" + name + "'", spec.path("name"), "have length less than or equal to " + MAX_NAME);
        }
        Fields schema = spec.requiredObject("inputSchema").requiredObject("json");
        if (!schema.at("type").asText().equals("object")) {
            throw Invalid.of(
                    "The value at toolConfig.tools.toolSpec.inputSchema.json.type must be one of the following:"
                            + " object.");
        }
        return new Tool(
                name,
                spec.text("description").orElse(""),
                schema.node(),
                spec.at("strict").asBoolean(false));
    }

    private static ToolChoice choice(Fields config, List<Tool> tools) {
        Fields choice = config.object("toolChoice").orElse(null);
        if (choice == null || choice.has("auto")) {
            return ToolChoice.AUTO;
        }
        if (choice.has("any")) {
            return tools.isEmpty() ? ToolChoice.NONE : ToolChoice.REQUIRED;
        }
        String name = choice.requiredObject("tool").requiredText("name");
        if (tools.stream().noneMatch(tool -> tool.name().equals(name))) {
            throw Invalid.of("The tool " + name + " at toolConfig.toolChoice.tool.name is not defined at"
                    + " toolConfig.tools.");
        }
        return new ToolChoice.Named(name);
    }
}
