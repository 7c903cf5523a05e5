package dev.llmsim.provider.openai.responses;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.llmsim.provider.conversation.OutputForm;
import dev.llmsim.provider.openai.FieldErrors;
import dev.llmsim.provider.openai.Fields;
import dev.llmsim.provider.openai.StrictSchema;
import dev.llmsim.provider.openai.ToolForms;
import dev.llmsim.provider.simulation.Json;
import java.util.List;
import java.util.Optional;

/** Reads {@code text}: the form of the answer, and how wordy it is. */
final class TextReader {
    private static final List<String> TYPES = List.of("json_object", "text", "json_schema");
    private static final List<String> VERBOSITIES = List.of("low", "medium", "high");

    private TextReader() {}

    /** @param written as the response repeats it */
    record Text(OutputForm form, ObjectNode written) {}

    static Text read(Fields body) {
        Optional<Fields> text = body.object("text");
        ObjectNode written = Json.object();
        OutputForm form = OutputForm.TEXT;
        Optional<Fields> format = text.flatMap(fields -> fields.object("format"));
        if (format.isPresent()) {
            form = form(format.get());
            written.set("format", written(format.get()));
        } else {
            written.putObject("format").put("type", "text");
        }
        written.put(
                "verbosity",
                text.flatMap(fields -> fields.oneOf("verbosity", VERBOSITIES)).orElse("medium"));
        return new Text(form, written);
    }

    private static OutputForm form(Fields format) {
        return switch (format.requiredOneOf("type", TYPES)) {
            case "json_schema" -> schema(format);
            case "json_object" -> OutputForm.JSON;
            default -> OutputForm.TEXT;
        };
    }

    private static OutputForm schema(Fields format) {
        String name = ToolForms.name(format);
        Fields schema = format.requiredObject("schema");
        if (format.flag("strict", false) && format.isStrict()) {
            StrictSchema.check(schema.node()).ifPresent(fault -> {
                throw FieldErrors.of(
                        "text.format.schema",
                        "invalid_json_schema",
                        "Invalid schema for response_format '" + name + "': " + fault);
            });
        }
        return new OutputForm.Schema(schema.node());
    }

    private static ObjectNode written(Fields format) {
        ObjectNode json = Json.object().put("type", format.at("type").asText());
        if (!format.at("type").asText().equals("json_schema")) {
            return json;
        }
        json.put("description", format.text("description").orElse(null));
        json.put("name", format.at("name").asText());
        json.set("schema", format.at("schema"));
        return json.put("strict", format.flag("strict", false));
    }
}
