package dev.llmsim.synth.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.llmsim.provider.simulation.Json;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Resolves what a schema says by way of others ({@code $ref}, {@code allOf}, {@code anyOf}, {@code oneOf}) into one without those. */
final class Flattening {
    private static final int NATURAL_STEPS = 20;
    private static final int MAX_STEPS = 1_000;

    private final References references;
    private final Heights heights;

    Flattening(JsonNode root) throws NoSuchValueException {
        this.references = new References(root);
        this.heights = new Heights(root, references);
    }

    /** {@code schema} without combinations; where {@code isNatural}, by the first alternative that works, else by the flattest. */
    ObjectNode flat(JsonNode schema, boolean isNatural) throws NoSuchValueException {
        ObjectNode flat = Merge.both(Json.object(), schema);
        for (int step = 0; step < MAX_STEPS; step++) {
            if (flat.has("$ref")) {
                flat = Merge.both(
                        without(flat, "$ref"), referred(flat.path("$ref").asText()));
            } else if (flat.has("allOf")) {
                ObjectNode merged = without(flat, "allOf");
                for (JsonNode part : flat.path("allOf")) {
                    merged = Merge.both(merged, part);
                }
                flat = merged;
            } else if (flat.has("anyOf")) {
                flat = alternative(flat, "anyOf", isNatural && step < NATURAL_STEPS);
            } else if (flat.has("oneOf")) {
                flat = alternative(flat, "oneOf", isNatural && step < NATURAL_STEPS);
            } else {
                return flat;
            }
        }
        throw new NoSuchValueException("it refers to itself without end");
    }

    private JsonNode referred(String reference) throws NoSuchValueException {
        JsonNode schema = references.at(reference);
        if (schema.isMissingNode()) {
            throw new NoSuchValueException("$ref: " + reference + " (expected: a schema in the same document)");
        }
        return schema;
    }

    private ObjectNode alternative(ObjectNode flat, String keyword, boolean isNatural) throws NoSuchValueException {
        ObjectNode rest = without(flat, keyword);
        NoSuchValueException last = new NoSuchValueException(keyword + " has no alternatives");
        for (JsonNode alternative : ordered(flat.path(keyword), isNatural)) {
            try {
                ObjectNode merged = Merge.both(rest, alternative);
                if (heights.of(alternative) < Heights.INFINITE) {
                    return merged;
                }
            } catch (NoSuchValueException contradiction) {
                last = contradiction;
            }
        }
        throw last;
    }

    /** The flattest first; where it may look natural, as they stand, but {@code null} last. */
    private List<JsonNode> ordered(JsonNode alternatives, boolean isNatural) {
        List<JsonNode> ordered = new ArrayList<>();
        alternatives.forEach(ordered::add);
        ordered.sort(
                isNatural
                        ? Comparator.comparing(alternative ->
                                "null".equals(alternative.path("type").asText()))
                        : Comparator.comparingInt(heights::of));
        return ordered;
    }

    private static ObjectNode without(ObjectNode schema, String keyword) {
        ObjectNode rest = schema.objectNode();
        rest.setAll(schema);
        rest.remove(keyword);
        return rest;
    }
}
