package dev.llmsim.synth.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.llmsim.provider.simulation.Json;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Makes of two schemas one that asks for both. */
final class Merge {
    private static final Set<String> LARGEST = Set.of("minimum", "minLength", "minItems", "minProperties");
    private static final Set<String> SMALLEST = Set.of("maximum", "maxLength", "maxItems", "maxProperties");

    private Merge() {}

    /** All that {@code one} and {@code other} ask for. */
    static ObjectNode both(ObjectNode one, JsonNode other) throws NoSuchValueException {
        if (other.isBoolean() && !other.asBoolean()) {
            throw new NoSuchValueException("a schema is false");
        }
        ObjectNode merged = one.objectNode();
        merged.setAll(one);
        for (var keyword : other.properties()) {
            JsonNode mine = merged.get(keyword.getKey());
            JsonNode theirs = keyword.getValue();
            merged.set(
                    keyword.getKey(),
                    mine == null || mine.equals(theirs) ? theirs : joined(merged, keyword.getKey(), mine, theirs));
        }
        return merged;
    }

    private static JsonNode joined(ObjectNode merged, String keyword, JsonNode mine, JsonNode theirs)
            throws NoSuchValueException {
        if (LARGEST.contains(keyword)) {
            return number(mine).compareTo(number(theirs)) >= 0 ? mine : theirs;
        }
        if (SMALLEST.contains(keyword)) {
            return number(mine).compareTo(number(theirs)) <= 0 ? mine : theirs;
        }
        return switch (keyword) {
            case "properties" -> properties(mine, theirs);
            case "required" -> union(mine, theirs);
            case "type" -> types(mine, theirs);
            case "enum" -> common(mine, theirs);
            case "anyOf", "oneOf", "allOf" -> later(merged, keyword, mine, theirs);
            case "items" -> allOf(mine, theirs);
            case "additionalProperties" -> mine.isBoolean() && !mine.asBoolean() ? mine : theirs;
            default -> theirs;
        };
    }

    /** The value of a number; of one that is beyond all doubles, the largest of them. */
    static BigDecimal number(JsonNode node) {
        return node.isDouble() && Double.isInfinite(node.asDouble())
                ? BigDecimal.valueOf(Math.copySign(Double.MAX_VALUE, node.asDouble()))
                : node.decimalValue();
    }

    private static JsonNode properties(JsonNode mine, JsonNode theirs) {
        ObjectNode properties = Json.object();
        mine.properties().forEach(entry -> properties.set(entry.getKey(), entry.getValue()));
        theirs.properties().forEach(entry -> {
            JsonNode known = properties.get(entry.getKey());
            properties.set(entry.getKey(), known == null ? entry.getValue() : allOf(known, entry.getValue()));
        });
        return properties;
    }

    private static JsonNode allOf(JsonNode one, JsonNode other) {
        ObjectNode both = Json.object();
        both.putArray("allOf").add(one).add(other);
        return both;
    }

    private static ArrayNode union(JsonNode mine, JsonNode theirs) {
        ArrayNode union = Json.object().arrayNode();
        mine.forEach(union::add);
        theirs.forEach(name -> {
            if (!contains(mine, name)) {
                union.add(name);
            }
        });
        return union;
    }

    private static ArrayNode common(JsonNode mine, JsonNode theirs) throws NoSuchValueException {
        ArrayNode common = Json.object().arrayNode();
        mine.forEach(value -> {
            if (contains(theirs, value)) {
                common.add(value);
            }
        });
        if (common.isEmpty()) {
            throw new NoSuchValueException("two enums have no value in common");
        }
        return common;
    }

    private static ArrayNode types(JsonNode mine, JsonNode theirs) throws NoSuchValueException {
        List<String> common = new ArrayList<>();
        List<String> other = Types.named(Json.object().set("type", theirs));
        for (String type : Types.named(Json.object().set("type", mine))) {
            if (other.contains(type) || (type.equals("integer") && other.contains("number"))) {
                common.add(type);
            } else if (type.equals("number") && other.contains("integer")) {
                common.add("integer");
            }
        }
        if (common.isEmpty()) {
            throw new NoSuchValueException("a value cannot be both " + mine + " and " + theirs);
        }
        ArrayNode types = Json.object().arrayNode();
        common.forEach(types::add);
        return types;
    }

    /** Keeps mine, and puts theirs into {@code allOf}, where it is merged in its turn. */
    private static JsonNode later(ObjectNode merged, String keyword, JsonNode mine, JsonNode theirs) {
        if (keyword.equals("allOf")) {
            return union(mine, theirs);
        }
        ObjectNode wrapped = Json.object();
        wrapped.set(keyword, theirs);
        ArrayNode all = Json.object().arrayNode();
        merged.path("allOf").forEach(all::add);
        merged.set("allOf", all.add(wrapped));
        return mine;
    }

    private static boolean contains(JsonNode array, JsonNode value) {
        for (JsonNode one : array) {
            if (one.equals(value)) {
                return true;
            }
        }
        return false;
    }
}
