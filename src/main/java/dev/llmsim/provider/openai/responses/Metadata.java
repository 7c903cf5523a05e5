package dev.llmsim.provider.openai.responses;

import com.fasterxml.jackson.databind.JsonNode;
import dev.llmsim.provider.openai.FieldErrors;
import dev.llmsim.provider.openai.Fields;

/** The client's own notes on a response: a few short texts. */
final class Metadata {
    private static final int MOST = 16;
    private static final int KEY_LENGTH = 64;
    private static final int VALUE_LENGTH = 512;

    private Metadata() {}

    static void check(Fields body) {
        JsonNode metadata = body.at("metadata");
        if (metadata.isMissingNode()) {
            return;
        }
        if (!metadata.isObject()) {
            throw Errors.type("metadata", "a metadata object", metadata);
        }
        if (metadata.size() > MOST) {
            throw FieldErrors.of(
                    "metadata",
                    "object_above_max_properties",
                    "Invalid 'metadata': too many properties. Expected an object with at most " + MOST
                            + " properties, but got an object with " + metadata.size() + " properties instead.");
        }
        metadata.properties().forEach(note -> check(note.getKey(), note.getValue()));
    }

    private static void check(String key, JsonNode value) {
        if (key.length() > KEY_LENGTH) {
            throw FieldErrors.longText("metadata", KEY_LENGTH, key.length());
        }
        String path = "metadata." + key;
        if (!value.isTextual()) {
            throw FieldErrors.type(path, "a string", value);
        }
        if (value.textValue().length() > VALUE_LENGTH) {
            throw FieldErrors.longText(path, VALUE_LENGTH, value.textValue().length());
        }
    }
}
