package dev.llmsim.provider.gemini;

import com.fasterxml.jackson.databind.JsonNode;
import dev.llmsim.provider.conversation.Tool;
import dev.llmsim.provider.conversation.ToolChoice;
import dev.llmsim.provider.conversation.Tooling;
import dev.llmsim.provider.simulation.Json;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads the functions that the model may call. Tools that the service runs by itself are passed over. */
final class ToolsReader {
    private static final Pattern NAME = Pattern.compile("[a-zA-Z_][a-zA-Z0-9_.:-]{0,63}");
    private static final List<String> MODES = List.of("MODE_UNSPECIFIED", "AUTO", "ANY", "NONE", "VALIDATED");

    private ToolsReader() {}

    /** Whether functions are called, and which. */
    private record Config(String mode, List<String> allowed) {
        static final Config AUTO = new Config("AUTO", List.of());

        boolean isStrict() {
            return mode.equals("ANY") || mode.equals("VALIDATED");
        }
    }

    static Tooling read(Fields request) {
        Config config = request.object("toolConfig", "ToolConfig")
                .flatMap(tools -> tools.object("functionCallingConfig", "FunctionCallingConfig"))
                .map(ToolsReader::config)
                .orElse(Config.AUTO);
        List<Tool> tools = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (Fields tool : request.objects("tools", "Tool")) {
            for (Fields declaration : tool.objects("functionDeclarations", "FunctionDeclaration")) {
                Tool read = function(declaration, config.isStrict());
                if (!names.add(read.name())) {
                    throw Invalid.request("Duplicate function declaration found: " + read.name());
                }
                tools.add(read);
            }
        }
        if (config.mode().equals("ANY") && tools.isEmpty()) {
            throw Invalid.request("Function calling config is set without function_declarations.");
        }
        return tooling(tools, names, config);
    }

    private static Config config(Fields config) {
        String mode = config.name("mode", "FunctionCallingConfig.Mode", MODES).orElse("AUTO");
        List<String> allowed = config.texts("allowedFunctionNames");
        Config read = new Config(mode, allowed);
        if (!allowed.isEmpty() && !read.isStrict()) {
            throw Invalid.request("Please set allowed_function_names only when function calling mode is ANY.");
        }
        return read;
    }

    /** Where only some functions are allowed, the others are not there. */
    private static Tooling tooling(List<Tool> tools, Set<String> names, Config config) {
        List<String> allowed = config.allowed();
        for (String name : allowed) {
            if (!names.contains(name)) {
                throw Invalid.request("allowed_function_names contains a function that is not in"
                        + " function_declarations: " + name);
            }
        }
        List<Tool> callable = tools.stream()
                .filter(tool -> allowed.isEmpty() || allowed.contains(tool.name()))
                .toList();
        ToolChoice choice = switch (config.mode()) {
            case "NONE" -> ToolChoice.NONE;
            case "ANY" -> allowed.size() == 1 ? new ToolChoice.Named(allowed.get(0)) : ToolChoice.REQUIRED;
            default -> ToolChoice.AUTO;
        };
        return new Tooling(callable, choice, true);
    }

    private static Tool function(Fields declaration, boolean strict) {
        String name = declaration.text("name").orElse("");
        if (!NAME.matcher(name).matches()) {
            throw Invalid.field(
                    declaration.path("name"),
                    "Invalid function name. Must start with a letter or an underscore. Must be alphameric (a-z, A-Z,"
                            + " 0-9), underscores (_), dots (.), colons (:), or dashes (-), with a maximum length of"
                            + " 64.");
        }
        Optional<JsonNode> schema =
                declaration.object("parametersJsonSchema", "Value").map(Fields::node);
        JsonNode parameters = schema.or(
                        () -> declaration.object("parameters", "Schema").map(SchemaReader::read))
                .orElseGet(Json::object);
        return new Tool(name, declaration.text("description").orElse(""), parameters, strict);
    }
}
