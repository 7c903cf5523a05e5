package dev.llmsim.provider.ollama;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.io.JsonEOFException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.llmsim.exchange.Bytes;
import dev.llmsim.provider.simulation.ApiErrorException;
import dev.llmsim.provider.simulation.Call;
import dev.llmsim.provider.simulation.Json;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * An object of a request, whose members are read as what they have to be; what is wrong is told in the words of Go's JSON
 * reader, as the real server tells it. A member that is null counts as absent.
 */
final class Fields {
    private final ObjectNode node;
    private final String place;

    private Fields(ObjectNode node, String place) {
        this.node = node;
        this.place = place;
    }

    /** The body of a request, which Go reads into {@code struct}. */
    static Fields of(Call call, String struct) {
        Bytes body = call.request().body();
        if (body.isEmpty()) {
            throw new ApiErrorException(400, "missing request body");
        }
        JsonNode read;
        try {
            read = Json.read(body);
        } catch (IOException notJson) {
            throw new ApiErrorException(400, reason(notJson, body.utf8()));
        }
        if (read instanceof ObjectNode object) {
            return new Fields(object, struct);
        }
        throw read.isMissingNode()
                ? new ApiErrorException(400, "missing request body")
                : new ApiErrorException(
                        400, "json: cannot unmarshal " + kind(read) + " into Go value of type api." + struct);
    }

    ObjectNode node() {
        return node;
    }

    /** The member; a missing node where it is absent or null. */
    JsonNode at(String name) {
        return Json.member(node, name);
    }

    boolean has(String name) {
        return !at(name).isMissingNode();
    }

    /** A text; empty where it is absent. */
    String text(String name) {
        JsonNode member = at(name);
        if (!member.isMissingNode() && !member.isTextual()) {
            throw wrong(name, "string", member);
        }
        return member.asText("");
    }

    boolean flag(String name, boolean otherwise) {
        JsonNode member = at(name);
        if (!member.isMissingNode() && !member.isBoolean()) {
            throw wrong(name, "bool", member);
        }
        return member.asBoolean(otherwise);
    }

    /** An integer; 0 where it is absent. */
    int integer(String name) {
        JsonNode member = at(name);
        if (member.isMissingNode()) {
            return 0;
        }
        if (!member.isIntegralNumber() || !member.canConvertToInt()) {
            throw wrong(name, "int", member);
        }
        return member.intValue();
    }

    /** An object; an empty one where it is absent. */
    Fields object(String name, String type) {
        JsonNode member = at(name);
        if (member.isMissingNode()) {
            return new Fields(Json.object(), place + "." + name);
        }
        if (member instanceof ObjectNode object) {
            return new Fields(object, place + "." + name);
        }
        throw wrong(name, type, member);
    }

    /** The elements of an array; none where it is absent. */
    List<JsonNode> elements(String name, String type) {
        JsonNode member = at(name);
        if (!member.isMissingNode() && !member.isArray()) {
            throw wrong(name, type, member);
        }
        List<JsonNode> elements = new ArrayList<>();
        member.forEach(elements::add);
        return elements;
    }

    /** The objects of an array of {@code []type}; none where it is absent. */
    List<Fields> objects(String name, String type) {
        List<Fields> objects = new ArrayList<>();
        for (JsonNode element : elements(name, "[]" + type)) {
            if (!(element instanceof ObjectNode object)) {
                throw wrong(name, type, element);
            }
            objects.add(new Fields(object, place + "." + name));
        }
        return objects;
    }

    /** That a member is of another type than Go's {@code type}. */
    ApiErrorException wrong(String name, String type, JsonNode got) {
        return new ApiErrorException(
                400,
                "json: cannot unmarshal " + kind(got) + " into Go struct field " + place + "." + name + " of type "
                        + type);
    }

    private static String kind(JsonNode got) {
        return switch (got.getNodeType()) {
            case STRING -> "string";
            case NUMBER -> got.isIntegralNumber() ? "number" : "number " + got.asText();
            case BOOLEAN -> "bool";
            case ARRAY -> "array";
            case OBJECT -> "object";
            default -> "null";
        };
    }

    private static String reason(IOException notJson, String body) {
        if (notJson instanceof JsonEOFException || !(notJson instanceof JsonProcessingException parsing)) {
            return "unexpected EOF";
        }
        if (notJson instanceof StreamConstraintsException || parsing.getLocation() == null) {
            return "exceeded max depth";
        }
        int at = (int) parsing.getLocation().getCharOffset();
        String text = body.strip();
        String character = text.substring(Math.max(0, Math.min(at, text.length() - 1)));
        return "invalid character '" + character.substring(0, Math.min(1, character.length()))
                + "' looking for beginning of value";
    }
}
