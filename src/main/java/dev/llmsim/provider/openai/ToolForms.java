package dev.llmsim.provider.openai;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.llmsim.provider.conversation.Tool;
import dev.llmsim.provider.simulation.Json;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads what is the same of a tool in all of OpenAI's APIs, wherever it stands. */
public final class ToolForms {
    private static final Pattern NAME = Pattern.compile("[a-zA-Z0-9_-]+");
    private static final int NAME_LENGTH = 64;

    private ToolForms() {}

    /** A function: its name, description, parameters, and whether they are strict. */
    public static Tool function(Fields function) {
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

    /** A tool that takes any text: for the engine, a function of an object with that text in it. */
    public static Tool custom(Fields custom) {
        ObjectNode schema = Json.object().put("type", "object");
        schema.putObject("properties").putObject("input").put("type", "string");
        schema.putArray("required").add("input");
        schema.put("additionalProperties", false);
        return new Tool(name(custom), custom.text("description").orElse(""), schema, true);
    }

    /** The name of a tool or a format. */
    public static String name(Fields named) {
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
