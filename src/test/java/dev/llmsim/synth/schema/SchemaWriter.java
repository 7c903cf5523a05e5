package dev.llmsim.synth.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.llmsim.provider.simulation.Json;
import java.util.List;
import java.util.SplittableRandom;

/** Writes random schemas that something is valid against, recursive ones among them. */
final class SchemaWriter {
    private static final List<String> FORMATS =
            List.of("date-time", "date", "email", "uuid", "uri", "ipv4", "ipv6", "time", "hostname");
    private static final List<String> PATTERNS = List.of("^[a-z]+$", "^\\d{4}$", "^(a|b)c*$", "[A-Z]", "^x.y$");

    private final SplittableRandom random;

    SchemaWriter(SplittableRandom random) {
        this.random = random;
    }

    JsonNode schema() {
        ObjectNode root = Json.object();
        ObjectNode definitions = root.putObject("$defs");
        for (int i = 0; i < 3; i++) {
            definitions.set("d" + i, object(2));
        }
        root.setAll(object(3));
        return root;
    }

    private ObjectNode some(int depth) {
        return switch (random.nextInt(depth > 0 ? 10 : 5)) {
            case 0 -> string();
            case 1 -> number();
            case 2 -> Json.object().put("type", "boolean");
            case 3 -> choice();
            case 4 -> nullable(Json.object().put("$ref", "#/$defs/d" + random.nextInt(3)), depth);
            case 5 -> array(depth);
            case 6 -> alternatives(depth);
            case 7 -> both(depth);
            default -> object(depth);
        };
    }

    private ObjectNode string() {
        ObjectNode schema = Json.object().put("type", "string");
        switch (random.nextInt(4)) {
            case 0 -> schema.put("format", FORMATS.get(random.nextInt(FORMATS.size())));
            case 1 -> schema.put("pattern", PATTERNS.get(random.nextInt(PATTERNS.size())));
            case 2 -> schema.put("minLength", random.nextInt(20)).put("maxLength", 20 + random.nextInt(20));
            default -> schema.put("description", "any");
        }
        return schema;
    }

    private ObjectNode number() {
        boolean isInteger = random.nextBoolean();
        ObjectNode schema = Json.object().put("type", isInteger ? "integer" : "number");
        int least = random.nextInt(-1000, 1000);
        switch (random.nextInt(5)) {
            case 0 -> schema.put("minimum", least).put("maximum", least + random.nextInt(10));
            case 1 -> schema.put("exclusiveMinimum", least).put("exclusiveMaximum", least + 2);
            case 2 -> schema.put("multipleOf", isInteger ? 7 : 0.5).put("minimum", least);
            case 3 -> schema.put("maximum", least);
            default -> schema.put("minimum", least);
        }
        return schema;
    }

    private ObjectNode choice() {
        ObjectNode schema = Json.object();
        if (random.nextBoolean()) {
            return schema.put("const", random.nextInt());
        }
        schema.putArray("enum").add("red").add(3).add(true);
        return schema;
    }

    /** Leaves a way out, so that a recursion can end. */
    private ObjectNode nullable(ObjectNode schema, int depth) {
        ObjectNode nullable = Json.object();
        nullable.putArray("anyOf").add(schema).add(Json.object().put("type", depth > 1 ? "null" : "boolean"));
        return nullable;
    }

    private ObjectNode array(int depth) {
        ObjectNode schema = Json.object().put("type", "array");
        schema.set("items", some(depth - 1));
        if (random.nextBoolean()) {
            schema.put("minItems", random.nextInt(3)).put("maxItems", 3);
        }
        return schema;
    }

    private ObjectNode alternatives(int depth) {
        ObjectNode schema = Json.object();
        schema.putArray(random.nextBoolean() ? "anyOf" : "oneOf")
                .add(object(depth - 1))
                .add(string());
        return schema;
    }

    private ObjectNode both(int depth) {
        ObjectNode schema = Json.object();
        ObjectNode first = object(depth - 1);
        first.remove("additionalProperties");
        ObjectNode second = Json.object();
        second.putObject("properties").set("other", some(depth - 1));
        second.putArray("required").add("other");
        schema.putArray("allOf").add(first).add(second);
        return schema;
    }

    private ObjectNode object(int depth) {
        ObjectNode schema = Json.object().put("type", "object");
        ObjectNode properties = schema.putObject("properties");
        ArrayNode required = schema.putArray("required");
        int count = random.nextInt(4);
        for (int i = 0; i < count; i++) {
            properties.set("p" + i, some(depth - 1));
            if (random.nextInt(4) > 0) {
                required.add("p" + i);
            }
        }
        if (random.nextBoolean()) {
            schema.put("additionalProperties", false);
        }
        return schema;
    }
}
