package dev.llmsim.provider.simulation;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.llmsim.exchange.Bytes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;

/** JSON as the simulator reads and writes it: compact, members in the order in which they were put. */
public final class Json {
    /** Files stand in requests as one text, in base64; what a request may be in all is not decided here. */
    private static final int MAX_TEXT_CHARACTERS = 64 << 20;

    /** Names, values and brackets: a tree of them takes up to a hundred times the bytes that they were. */
    private static final long MAX_TOKENS = 2_000_000;

    private static final ObjectMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxStringLength(MAX_TEXT_CHARACTERS)
                            .maxTokenCount(MAX_TOKENS)
                            .build())
                    .build())
            .build();

    private Json() {}

    public static ObjectNode object() {
        return MAPPER.createObjectNode();
    }

    /**
     * Reads one document.
     *
     * @throws IOException where {@code bytes} are none
     */
    public static JsonNode read(Bytes bytes) throws IOException {
        return MAPPER.readTree(bytes.toArray());
    }

    public static JsonNode parse(String text) throws JsonProcessingException {
        return MAPPER.readTree(text);
    }

    /** The text of a member of the object that {@code bytes} are; read only as far as it is needed. */
    public static Optional<String> topLevelText(Bytes bytes, String name) {
        try (JsonParser parser = MAPPER.createParser(bytes.toArray())) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                return Optional.empty();
            }
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                boolean isIt = parser.currentName().equals(name);
                JsonToken value = parser.nextToken();
                if (isIt) {
                    return value == JsonToken.VALUE_STRING ? Optional.of(parser.getText()) : Optional.empty();
                }
                parser.skipChildren();
            }
        } catch (IOException notJson) {
            return Optional.empty();
        }
        return Optional.empty();
    }

    public static Bytes write(JsonNode node) {
        try {
            return Bytes.wrap(MAPPER.writeValueAsBytes(node));
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException("a tree in memory can be written", e);
        }
    }

    public static String text(JsonNode node) {
        return write(node).utf8();
    }

    /** The member {@code name} of {@code object}; a missing node where it is absent or null. */
    public static JsonNode member(JsonNode object, String name) {
        JsonNode member = object.path(name);
        return member.isNull() ? MissingNode.getInstance() : member;
    }
}
