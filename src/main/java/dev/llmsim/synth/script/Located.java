package dev.llmsim.synth.script;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A value of a JSON document and where it stands. Duplicate members are errors, numbers keep their spelling.
 *
 * @param members of an object
 * @param items of an array
 */
record Located(int line, JsonNode json, Map<String, Located> members, List<Located> items) {
    /** Deeper documents are refused. */
    static final int MAX_DEPTH = 100;

    private static final JsonFactory FACTORY = JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
            .streamReadConstraints(
                    StreamReadConstraints.builder().maxNestingDepth(MAX_DEPTH).build())
            .build();

    /** The one value in {@code document}. */
    static Located read(byte[] document) throws IOException {
        try (JsonParser parser = FACTORY.createParser(document)) {
            if (parser.nextToken() == null) {
                throw new JsonParseException(parser, "The document is empty");
            }
            Located read = value(parser);
            if (parser.nextToken() != null) {
                throw new JsonParseException(parser, "Something follows the document");
            }
            return read;
        }
    }

    private static Located value(JsonParser parser) throws IOException {
        int line = parser.currentTokenLocation().getLineNr();
        return switch (parser.currentToken()) {
            case START_OBJECT -> object(parser, line);
            case START_ARRAY -> array(parser, line);
            case VALUE_STRING -> leaf(line, TextNode.valueOf(parser.getText()));
            case VALUE_NUMBER_INT -> leaf(line, JsonNodeFactory.instance.numberNode(parser.getBigIntegerValue()));
            case VALUE_NUMBER_FLOAT -> leaf(line, DecimalNode.valueOf(parser.getDecimalValue()));
            case VALUE_TRUE -> leaf(line, BooleanNode.TRUE);
            case VALUE_FALSE -> leaf(line, BooleanNode.FALSE);
            default -> leaf(line, NullNode.getInstance());
        };
    }

    private static Located leaf(int line, JsonNode json) {
        return new Located(line, json, Map.of(), List.of());
    }

    private static Located object(JsonParser parser, int line) throws IOException {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        Map<String, Located> members = new LinkedHashMap<>();
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = parser.currentName();
            parser.nextToken();
            Located member = value(parser);
            members.put(name, member);
            json.set(name, member.json());
        }
        return new Located(line, json, members, List.of());
    }

    private static Located array(JsonParser parser, int line) throws IOException {
        ArrayNode json = JsonNodeFactory.instance.arrayNode();
        List<Located> items = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            Located item = value(parser);
            items.add(item);
            json.add(item.json());
        }
        return new Located(line, json, Map.of(), items);
    }

    /** What kind of value this is, for messages. */
    String kind() {
        return switch (json.getNodeType()) {
            case OBJECT -> "an object";
            case ARRAY -> "an array";
            case STRING -> "a string";
            case NUMBER -> "a number";
            case BOOLEAN -> "a boolean";
            default -> "null";
        };
    }
}
