package dev.llmsim.provider.ollama;

import com.fasterxml.jackson.databind.JsonNode;
import dev.llmsim.provider.conversation.OutputForm;
import dev.llmsim.provider.simulation.ApiErrorException;
import dev.llmsim.provider.simulation.Json;

/** Reads {@code format}: {@code "json"}, or a JSON Schema. */
final class FormatReader {
    private FormatReader() {}

    static OutputForm read(Fields fields) {
        JsonNode format = fields.at("format");
        if (format.isObject()) {
            return new OutputForm.Schema(format);
        }
        if (format.isMissingNode() || (format.isTextual() && format.textValue().isEmpty())) {
            return OutputForm.TEXT;
        }
        if (format.asText().equals("json")) {
            return OutputForm.JSON;
        }
        String quoted = Json.text(Json.object().textNode(Json.text(format)));
        throw new ApiErrorException(
                500, "invalid format: " + quoted + "; expected \"json\" or a valid JSON Schema object");
    }
}
