package dev.llmsim.synth.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.llmsim.provider.simulation.Json;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;

/**
 * Draws a short JSON value that is valid against a schema: all required properties, one item an array, the first alternative.
 *
 * <p>A recursive schema is followed two levels; below that, the flattest alternatives are taken, optional things left out.
 */
public final class JsonSample {
    private static final int NATURAL_DEPTH = 2;
    private static final int MAX_DEPTH = 400;
    private static final int NATURAL_VALUES = 500;
    private static final int MAX_VALUES = 50_000;
    private static final int MAX_CHARACTERS = 2 << 20;
    private static final int ATTEMPTS = 60;
    private static final int MAX_SPREAD = 1 << 24;

    private final Flattening flattening;
    private final SplittableRandom random;
    private int values;
    private long characters;

    /** Out of how many values one is drawn, where there is a choice: more, while different ones are needed. */
    private int spread = 1;

    private JsonSample(JsonNode root, SplittableRandom random) throws NoSuchValueException {
        this.flattening = new Flattening(root);
        this.random = random;
    }

    /**
     * A value that is valid against {@code schema}; always the same one for the same randomness.
     *
     * @throws NoSuchValueException where there is none, none that is finite, or none of a reasonable size
     */
    public static JsonNode draw(JsonNode schema, SplittableRandom random) throws NoSuchValueException {
        return new JsonSample(schema, random).value(schema, 0);
    }

    private JsonNode value(JsonNode schema, int depth) throws NoSuchValueException {
        if (++values > MAX_VALUES || depth > MAX_DEPTH) {
            throw tooLarge();
        }
        ObjectNode flat = flattening.flat(schema, isNatural(depth));
        JsonNode value = drawn(flat, depth);
        weigh(value);
        return value;
    }

    /** Counts what {@code value} adds to those in it. */
    private void weigh(JsonNode value) throws NoSuchValueException {
        characters += value.isTextual() ? value.textValue().length() : 0;
        for (var member : value.properties()) {
            characters += member.getKey().length();
        }
        if (characters > MAX_CHARACTERS) {
            throw tooLarge();
        }
    }

    private static NoSuchValueException tooLarge() {
        return new NoSuchValueException("its smallest value is too large");
    }

    /** What a schema gives word by word, which may stand in a value many times. */
    private JsonNode given(JsonNode value) {
        if (value.isContainerNode()) {
            characters += Json.text(value).length();
        }
        return value;
    }

    private JsonNode drawn(ObjectNode flat, int depth) throws NoSuchValueException {
        if (flat.has("const")) {
            return given(flat.get("const"));
        }
        JsonNode choices = flat.path("enum");
        if (choices.isArray() && !choices.isEmpty()) {
            return given(choice(choices, flat));
        }
        String type = isNatural(depth) ? Types.chosen(flat) : flattest(flat);
        return switch (type) {
            case "object" -> object(flat, depth);
            case "array" -> array(flat, depth);
            case "integer" -> new NumberSample(flat, true).draw(random, spread);
            case "number" -> new NumberSample(flat, false).draw(random, spread);
            case "boolean" -> JsonNodeFactory.instance.booleanNode(random.nextBoolean());
            case "null" -> JsonNodeFactory.instance.nullNode();
            default -> JsonNodeFactory.instance.textNode(StringSample.draw(flat, random, spread));
        };
    }

    private boolean isNatural(int depth) {
        return depth <= NATURAL_DEPTH && values < NATURAL_VALUES;
    }

    private static String flattest(ObjectNode flat) {
        for (String type : Types.named(flat)) {
            if (!type.equals("object") && !type.equals("array")) {
                return type;
            }
        }
        return Types.chosen(flat);
    }

    private JsonNode choice(JsonNode choices, ObjectNode flat) throws NoSuchValueException {
        List<JsonNode> fitting = new ArrayList<>();
        choices.forEach(choice -> {
            if (Types.allow(flat, choice)) {
                fitting.add(choice);
            }
        });
        if (fitting.isEmpty()) {
            throw new NoSuchValueException("no value of an enum is of its type");
        }
        JsonNode chosen = fitting.get(random.nextInt(fitting.size()));
        return chosen.isNull() ? fitting.get(0) : chosen;
    }

    private ObjectNode object(ObjectNode flat, int depth) throws NoSuchValueException {
        ObjectNode object = Json.object();
        JsonNode properties = flat.path("properties");
        for (var property : properties.properties()) {
            if (isRequired(flat, property.getKey())) {
                object.set(property.getKey(), value(property.getValue(), depth + 1));
            } else if (isWelcome(flat, depth)) {
                optional(object, property.getKey(), property.getValue(), depth);
            }
        }
        for (JsonNode required : flat.path("required")) {
            if (!object.has(required.asText())) {
                object.set(required.asText(), value(others(flat), depth + 1));
            }
        }
        fill(object, flat, depth);
        return object;
    }

    private static boolean isRequired(ObjectNode flat, String name) {
        for (JsonNode required : flat.path("required")) {
            if (required.asText().equals(name)) {
                return true;
            }
        }
        return false;
    }

    /** Where nothing is required, an empty object would be dull. */
    private boolean isWelcome(ObjectNode flat, int depth) {
        return flat.path("required").isEmpty() && isNatural(depth + 1);
    }

    private void optional(ObjectNode object, String name, JsonNode schema, int depth) {
        try {
            object.set(name, value(schema, depth + 1));
        } catch (NoSuchValueException none) {
            object.remove(name);
        }
    }

    private static JsonNode others(ObjectNode flat) {
        JsonNode others = flat.path("additionalProperties");
        return others.isObject() ? others : Json.object();
    }

    private void fill(ObjectNode object, ObjectNode flat, int depth) throws NoSuchValueException {
        int least = Math.min(MAX_VALUES, flat.path("minProperties").asInt());
        for (var property : flat.path("properties").properties()) {
            if (object.size() < least && !object.has(property.getKey())) {
                object.set(property.getKey(), value(property.getValue(), depth + 1));
            }
        }
        for (int i = object.size(); i < least; i++) {
            object.set("key" + i, value(others(flat), depth + 1));
        }
    }

    private ArrayNode array(ObjectNode flat, int depth) throws NoSuchValueException {
        ArrayNode array = Json.object().arrayNode();
        boolean isTuple = flat.path("items").isArray();
        JsonNode first = isTuple ? flat.path("items") : flat.path("prefixItems");
        for (JsonNode item : first) {
            array.add(value(item, depth + 1));
        }
        if (flat.path("contains").isObject()) {
            array.add(value(flat.path("contains"), depth + 1));
        }
        int least = Math.max(array.size(), flat.path("minItems").asInt());
        int most = flat.path("maxItems").asInt(Integer.MAX_VALUE);
        JsonNode items = flat.path("items");
        boolean isWelcome =
                isNatural(depth + 1) && most > 0 && first.isEmpty() && (items.isObject() || items.asBoolean());
        int wanted = isWelcome ? Math.max(1, least) : least;
        Set<JsonNode> seen = new HashSet<>();
        array.forEach(seen::add);
        while (array.size() < wanted && item(array, seen, flat, depth)) {
            seen.add(array.get(array.size() - 1));
        }
        if (array.size() < least) {
            throw new NoSuchValueException("an array cannot have as many items as it must");
        }
        return array;
    }

    /** Adds one more item; false where there is no further one. */
    private boolean item(ArrayNode array, Set<JsonNode> seen, ObjectNode flat, int depth) {
        JsonNode items = flat.path(flat.path("items").isArray() ? "additionalItems" : "items");
        JsonNode schema = items.isMissingNode() ? Json.object() : items;
        boolean isUnique = flat.path("uniqueItems").asBoolean();
        int before = spread;
        spread = isUnique ? Math.min(MAX_SPREAD, Math.max(spread, array.size())) : spread;
        try {
            for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
                JsonNode item = value(schema, depth + 1);
                if (!isUnique || !seen.contains(item)) {
                    array.add(item);
                    return true;
                }
                spread = Math.min(MAX_SPREAD, Math.max(spread, array.size()) * 2);
            }
            return false;
        } catch (NoSuchValueException none) {
            return false;
        } finally {
            spread = before;
        }
    }
}
