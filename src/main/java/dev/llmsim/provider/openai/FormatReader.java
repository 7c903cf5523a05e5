package dev.llmsim.provider.openai;

import dev.llmsim.provider.conversation.OutputForm;
import dev.llmsim.provider.conversation.Part;
import dev.llmsim.provider.conversation.Turn;
import dev.llmsim.provider.simulation.Json;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Reads {@code response_format}. */
final class FormatReader {
    private static final List<String> TYPES = List.of("json_object", "json_schema", "text");

    private FormatReader() {}

    static OutputForm read(Fields fields, List<Turn> turns) {
        Optional<Fields> format = fields.object("response_format");
        if (format.isEmpty()) {
            return OutputForm.TEXT;
        }
        return switch (format.get().requiredOneOf("type", TYPES)) {
            case "json_schema" -> schema(format.get().requiredObject("json_schema"));
            case "json_object" -> fields.isStrict() ? json(turns) : OutputForm.JSON;
            default -> OutputForm.TEXT;
        };
    }

    private static OutputForm json(List<Turn> turns) {
        if (turns.stream().noneMatch(FormatReader::mentionsJson)) {
            throw FieldErrors.of(
                    "messages",
                    "'messages' must contain the word 'json' in some form, to use 'response_format' of type"
                            + " 'json_object'.");
        }
        return OutputForm.JSON;
    }

    private static boolean mentionsJson(Turn turn) {
        return turn.parts().stream()
                .map(part -> part instanceof Part.Text text
                        ? text.text()
                        : part instanceof Part.ToolResult result ? result.text() : "")
                .anyMatch(text -> text.toLowerCase(Locale.ROOT).contains("json"));
    }

    private static OutputForm schema(Fields format) {
        String name = ToolForms.name(format);
        Optional<Fields> schema = format.object("schema");
        boolean strict = format.flag("strict", false);
        if (schema.isEmpty()) {
            if (strict && format.isStrict()) {
                throw FieldErrors.missing(format.path("schema"));
            }
            return new OutputForm.Schema(Json.object());
        }
        if (strict && format.isStrict()) {
            StrictSchema.check(schema.get().node()).ifPresent(fault -> {
                throw FieldErrors.of("response_format", "Invalid schema for response_format '" + name + "': " + fault);
            });
        }
        return new OutputForm.Schema(schema.get().node());
    }
}
