package dev.llmsim.provider.gemini;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.llmsim.provider.simulation.Json;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Turns a Schema of this API (a part of OpenAPI's, types in upper case) into JSON Schema. */
final class SchemaReader {
    private static final List<String> LENGTHS =
            List.of("minItems", "maxItems", "minLength", "maxLength", "minProperties", "maxProperties");
    private static final List<String> SCHEMAS = List.of("items", "additionalProperties", "not");
    private static final List<String> LISTS = List.of("anyOf", "oneOf", "allOf", "prefixItems");
    private static final List<String> MAPS = List.of("properties", "$defs", "defs", "definitions");
    private static final List<String> AS_THEY_ARE = List.of(
            "title", "description", "enum", "required", "minimum", "maximum", "pattern", "default", "const", "$ref");
    private static final Set<String> FORMATS = Set.of("date-time", "date", "time", "email", "uri", "uuid");
    private static final int DEEPEST = 200;

    private SchemaReader() {}

    static JsonNode read(Fields schema) {
        return read(schema.node(), schema.path(), 0);
    }

    private static JsonNode read(JsonNode node, String path, int depth) {
        if (!(node instanceof ObjectNode schema)) {
            if (node.isBoolean()) {
                return node;
            }
            throw Invalid.value(path, Invalid.typeName("Schema"), node);
        }
        if (depth > DEEPEST) {
            throw Invalid.request("Invalid JSON payload received. Message too deep. Max recursion depth reached.");
        }
        ObjectNode read = Json.object();
        readType(schema, read);
        AS_THEY_ARE.forEach(name -> read.setAll(given(schema, name)));
        LENGTHS.forEach(name -> given(schema, name)
                .forEachEntry((key, length) -> Integers.of(length).ifPresent(value -> read.put(name, value))));
        String format = schema.path("format").asText();
        if (FORMATS.contains(format)) {
            read.put("format", format);
        }
        SCHEMAS.forEach(name -> given(schema, name)
                .forEachEntry((key, inner) -> read.set(name, read(inner, path + "." + Fields.snake(name), depth + 1))));
        for (String name : LISTS) {
            given(schema, name).forEachEntry((key, inner) -> {
                ArrayNode list = read.putArray(name);
                inner.forEach(one -> list.add(read(one, path + "." + Fields.snake(name), depth + 1)));
            });
        }
        for (String name : MAPS) {
            given(schema, name).forEachEntry((key, inner) -> {
                ObjectNode map = read.putObject(name.equals("defs") ? "$defs" : name);
                ordered(inner, ordering(schema))
                        .forEach((property, one) ->
                                map.set(property, read(one, path + "." + name + "[" + property + "]", depth + 1)));
            });
        }
        return read;
    }

    /** The member by either spelling, under its name; an empty object where it is absent. */
    private static ObjectNode given(ObjectNode schema, String name) {
        JsonNode member = schema.has(name) ? schema.get(name) : schema.path(Fields.snake(name));
        ObjectNode given = Json.object();
        if (!member.isMissingNode() && !(member.isNull() && !name.equals("default"))) {
            given.set(name, member);
        }
        return given;
    }

    private static void readType(ObjectNode schema, ObjectNode read) {
        JsonNode type = schema.path("type");
        boolean nullable = schema.path("nullable").asBoolean();
        if (type.isArray()) {
            ArrayNode types = read.putArray("type");
            type.forEach(one -> types.add(one.asText().toLowerCase(Locale.ROOT)));
        } else if (type.isTextual() && !type.textValue().equals("TYPE_UNSPECIFIED")) {
            String lower = type.textValue().toLowerCase(Locale.ROOT);
            if (nullable) {
                read.putArray("type").add(lower).add("null");
            } else {
                read.put("type", lower);
            }
        }
    }

    private static JsonNode ordering(ObjectNode schema) {
        return schema.has("propertyOrdering") ? schema.get("propertyOrdering") : schema.path("property_ordering");
    }

    private static Map<String, JsonNode> ordered(JsonNode properties, JsonNode ordering) {
        Map<String, JsonNode> ordered = new LinkedHashMap<>();
        for (JsonNode name : ordering) {
            if (properties.has(name.asText())) {
                ordered.put(name.asText(), properties.get(name.asText()));
            }
        }
        properties.properties().forEach(property -> ordered.putIfAbsent(property.getKey(), property.getValue()));
        return ordered;
    }
}
