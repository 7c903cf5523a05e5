package dev.llmsim.synth.schema;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The types that a schema allows. Gemini's spelling ({@code OBJECT}, {@code nullable}) is understood too. */
final class Types {
    private static final List<String> OBJECT_WORDS =
            List.of("properties", "required", "additionalProperties", "minProperties", "patternProperties");
    private static final List<String> ARRAY_WORDS = List.of("items", "prefixItems", "minItems", "maxItems", "contains");
    private static final List<String> NUMBER_WORDS =
            List.of("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf");

    private Types() {}

    /** In the schema's order; empty where it names none. */
    static List<String> named(JsonNode schema) {
        List<String> types = new ArrayList<>();
        JsonNode type = schema.path("type");
        if (type.isTextual()) {
            types.add(type.asText().toLowerCase(Locale.ROOT));
        }
        for (JsonNode one : type) {
            types.add(one.asText().toLowerCase(Locale.ROOT));
        }
        return types;
    }

    /** The type that a value will have: one that is named, else the one that the other keywords speak of. */
    static String chosen(JsonNode schema) {
        List<String> named = named(schema);
        for (String type : named) {
            if (!type.equals("null")) {
                return type;
            }
        }
        if (!named.isEmpty()) {
            return "null";
        }
        if (hasAny(schema, OBJECT_WORDS)) {
            return "object";
        }
        if (hasAny(schema, ARRAY_WORDS)) {
            return "array";
        }
        return hasAny(schema, NUMBER_WORDS) ? "number" : "string";
    }

    /** Whether {@code value} is of a type that the schema names, or it names none. */
    static boolean allow(JsonNode schema, JsonNode value) {
        List<String> types = named(schema);
        return types.isEmpty()
                || types.contains(value.getNodeType().name().toLowerCase(Locale.ROOT))
                || (types.contains("integer") && value.isIntegralNumber());
    }

    /** Whether a value that nests nothing is valid. */
    static boolean allowsScalar(JsonNode schema) {
        return named(schema).stream().anyMatch(type -> !type.equals("object") && !type.equals("array"));
    }

    private static boolean hasAny(JsonNode schema, List<String> words) {
        return words.stream().anyMatch(schema::has);
    }
}
