package dev.llmsim.synth.schema;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;

/**
 * For each schema of a document, how many nestings and references its flattest valid value takes: the way out of a recursive schema.
 *
 * <p>A least fixed point: all heights begin as infinite, and each round lowers those that follow from others, until none does.
 */
final class Heights {
    static final int INFINITE = Integer.MAX_VALUE / 2;
    private static final int MAX_SCHEMAS = 20_000;
    private static final int MAX_ROUNDS = 500;

    private final IdentityHashMap<JsonNode, Integer> heights = new IdentityHashMap<>();
    private final References references;

    Heights(JsonNode root, References references) throws NoSuchValueException {
        this.references = references;
        List<JsonNode> schemas = new ArrayList<>();
        collect(root, schemas);
        boolean isLowered = true;
        for (int round = 0; isLowered && round < MAX_ROUNDS; round++) {
            isLowered = false;
            for (int i = schemas.size() - 1; i >= 0; i--) {
                JsonNode schema = schemas.get(i);
                int height = compute(schema);
                isLowered |= height < of(schema);
                heights.put(schema, Math.min(height, of(schema)));
            }
        }
    }

    /** Known for each node of the document; 0 for what was merged of several. */
    int of(JsonNode schema) {
        return schema.isObject() ? heights.getOrDefault(schema, 0) : 0;
    }

    private void collect(JsonNode node, List<JsonNode> schemas) throws NoSuchValueException {
        List<JsonNode> open = new ArrayList<>(List.of(node));
        while (!open.isEmpty()) {
            JsonNode next = open.remove(open.size() - 1);
            if (next.isObject()) {
                schemas.add(next);
                heights.put(next, INFINITE);
            }
            next.forEach(open::add);
            if (schemas.size() > MAX_SCHEMAS) {
                throw new NoSuchValueException("the schema has more than " + MAX_SCHEMAS + " parts");
            }
        }
    }

    private int compute(JsonNode schema) {
        int height = 0;
        if (schema.path("$ref").isTextual()) {
            height = above(references.at(schema.path("$ref").asText()));
        }
        for (JsonNode part : schema.path("allOf")) {
            height = Math.max(height, of(part));
        }
        height = Math.max(height, lowest(schema.path("anyOf")));
        height = Math.max(height, lowest(schema.path("oneOf")));
        boolean isLeaf = schema.has("const") || schema.has("enum") || Types.allowsScalar(schema);
        return isLeaf ? height : Math.max(height, Math.max(object(schema), array(schema)));
    }

    private int lowest(JsonNode alternatives) {
        int lowest = alternatives.isArray() && !alternatives.isEmpty() ? INFINITE : 0;
        for (JsonNode alternative : alternatives) {
            lowest = Math.min(lowest, of(alternative));
        }
        return lowest;
    }

    private int object(JsonNode schema) {
        int height = 0;
        for (JsonNode required : schema.path("required")) {
            JsonNode property = schema.path("properties").path(required.asText());
            height = Math.max(height, above(property));
        }
        return height;
    }

    private int array(JsonNode schema) {
        return schema.path("minItems").asInt() > 0 ? above(schema.path("items")) : 0;
    }

    private int above(JsonNode child) {
        return Math.min(INFINITE, of(child) + 1);
    }
}
