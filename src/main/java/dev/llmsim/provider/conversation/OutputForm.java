package dev.llmsim.provider.conversation;

import com.fasterxml.jackson.databind.JsonNode;

/** The form that the client wants the text of an answer in. */
public sealed interface OutputForm {
    OutputForm TEXT = new Text();
    OutputForm JSON = new Json();

    record Text() implements OutputForm {}

    /** Any JSON object. */
    record Json() implements OutputForm {}

    /** JSON that is valid against a schema. */
    record Schema(JsonNode schema) implements OutputForm {}
}
