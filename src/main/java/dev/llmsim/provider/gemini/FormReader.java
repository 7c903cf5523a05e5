package dev.llmsim.provider.gemini;

import com.fasterxml.jackson.databind.JsonNode;
import dev.llmsim.provider.conversation.OutputForm;
import java.util.List;
import java.util.Optional;

/** Reads the form that the text of an answer has to have. */
final class FormReader {
    private static final String JSON = "application/json";
    private static final String ENUM = "text/x.enum";
    private static final List<String> TYPES =
            List.of("", "text/plain", JSON, "application/xml", "application/yaml", ENUM);

    private FormReader() {}

    /** A form; {@code bareEnum} where a text that is one of some is wanted without the quotes of JSON. */
    record Read(OutputForm form, boolean bareEnum) {}

    /** Reads a {@code generationConfig}. */
    static Read read(Fields config) {
        String type = config.text("responseMimeType").orElse("");
        if (!TYPES.contains(type)) {
            throw Invalid.field(
                    config.path("responseMimeType"),
                    "allowed mimetypes are `text/plain`, `application/json`, `application/xml`, `application/yaml` and"
                            + " `text/x.enum`.");
        }
        Optional<JsonNode> schema = schema(config);
        if (type.equals(JSON)) {
            return new Read(schema.<OutputForm>map(OutputForm.Schema::new).orElse(OutputForm.JSON), false);
        }
        if (type.equals(ENUM)) {
            if (schema.isEmpty()) {
                throw Invalid.field(
                        config.path("responseSchema"), "response_schema must be set for the mimetype `text/x.enum`.");
            }
            return new Read(new OutputForm.Schema(schema.get()), true);
        }
        if (schema.isPresent()) {
            throw Invalid.field(
                    config.path("responseSchema"),
                    "only allowed when response_mime_type is `application/json` or `text/x.enum`.");
        }
        return new Read(OutputForm.TEXT, false);
    }

    private static Optional<JsonNode> schema(Fields config) {
        boolean isJsonSchema = config.has("responseJsonSchema");
        if (isJsonSchema && config.has("responseSchema")) {
            throw Invalid.request("Only one of response_schema and response_json_schema can be set.");
        }
        return isJsonSchema
                ? config.object("responseJsonSchema", "Value").map(Fields::node)
                : config.object("responseSchema", "Schema").map(SchemaReader::read);
    }
}
