package dev.llmsim.gateway;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.llmsim.exchange.Bytes;
import dev.llmsim.exchange.ErrorCode;
import dev.llmsim.exchange.LlmSimException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

/** The JSON of the gateway's own pages: compact, and read strictly. */
final class OwnJson {
    private static final JsonFactory JSON = new JsonFactory();
    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private OwnJson() {}

    /** Writes what stands between the outer braces. */
    interface Fields {
        void write(JsonGenerator json) throws IOException;
    }

    static Bytes write(Fields fields) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (JsonGenerator json = JSON.createGenerator(out)) {
            json.writeStartObject();
            fields.write(json);
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException("writing JSON to memory failed", e);
        }
        return Bytes.wrap(out.toByteArray());
    }

    /**
     * The object in {@code body}, which may have {@code fields} and no other; an empty body is an empty object.
     *
     * @throws LlmSimException with {@code USAGE}, where it is something else
     */
    static ObjectNode read(Bytes body, List<String> fields) {
        if (body.isEmpty()) {
            return JsonNodeFactory.instance.objectNode();
        }
        JsonNode read = parsed(body);
        if (!(read instanceof ObjectNode object)) {
            throw wrong("request body: not a JSON object (expected: an object with " + named(fields) + ")");
        }
        object.fieldNames().forEachRemaining(name -> {
            if (!fields.contains(name)) {
                throw wrong("field: " + JsonNodeFactory.instance.textNode(name) + " (expected: " + named(fields) + ")");
            }
        });
        return object;
    }

    private static JsonNode parsed(Bytes body) {
        try {
            return MAPPER.readTree(body.toArray());
        } catch (JsonProcessingException e) {
            throw wrong("request body: not valid JSON: " + e.getOriginalMessage() + " (expected: a JSON object)");
        } catch (IOException e) {
            throw new UncheckedIOException("reading JSON from memory failed", e);
        }
    }

    static LlmSimException wrong(String message) {
        return new LlmSimException(ErrorCode.USAGE, message);
    }

    private static String named(List<String> fields) {
        return String.join(", ", fields);
    }
}
