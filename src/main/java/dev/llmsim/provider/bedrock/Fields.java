package dev.llmsim.provider.bedrock;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.llmsim.exchange.Bytes;
import dev.llmsim.provider.simulation.ApiErrorException;
import dev.llmsim.provider.simulation.Json;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** An object of a request, whose members are read as what they have to be. A member that is null counts as absent. */
final class Fields {
    private final ObjectNode node;
    private final String path;

    private Fields(ObjectNode node, String path) {
        this.node = node;
        this.path = path;
    }

    /** The body of a request. */
    static Fields of(Bytes body) {
        try {
            if (Json.read(body) instanceof ObjectNode object) {
                return new Fields(object, "");
            }
        } catch (JsonProcessingException notJson) {
            throw unreadable(notJson.getOriginalMessage());
        } catch (IOException notJson) {
            throw unreadable(String.valueOf(notJson.getMessage()));
        }
        throw unreadable("expected an object");
    }

    private static ApiErrorException unreadable(String why) {
        return Invalid.serialization("The request body is not valid JSON: " + why);
    }

    /** An object that is not part of a request's body as it came. */
    static Fields of(ObjectNode node) {
        return new Fields(node, "");
    }

    ObjectNode node() {
        return node;
    }

    /** Where the member stands, in the validator's spelling: {@code messages.1.member.role}. */
    String path(String name) {
        return path.isEmpty() ? name : path + "." + name;
    }

    /** The member; a missing node where it is absent or null. */
    JsonNode at(String name) {
        return Json.member(node, name);
    }

    boolean has(String name) {
        return !at(name).isMissingNode();
    }

    Optional<String> text(String name) {
        JsonNode member = at(name);
        if (!member.isMissingNode() && !member.isTextual()) {
            throw Invalid.type(member, "String");
        }
        return Optional.ofNullable(member.textValue());
    }

    String requiredText(String name) {
        return text(name).orElseThrow(() -> Invalid.missing(path(name)));
    }

    Optional<String> oneOf(String name, List<String> supported) {
        Optional<String> text = text(name);
        if (text.isPresent() && !supported.contains(text.get())) {
            throw Invalid.value(text.get(), path(name), supported);
        }
        return text;
    }

    /** A whole number; -1 where it is absent. */
    int integer(String name, int least) {
        JsonNode member = at(name);
        if (member.isMissingNode()) {
            return -1;
        }
        if (!member.isNumber() || member.doubleValue() != Math.rint(member.doubleValue())) {
            throw Invalid.type(member, "Integer");
        }
        if (member.doubleValue() < least) {
            throw Invalid.constraint(
                    "'" + member.asText() + "'", path(name), "have value greater than or equal to " + least);
        }
        return (int) Math.min(1 << 30, member.doubleValue());
    }

    /** Checks a number from 0 to 1. */
    void fraction(String name) {
        JsonNode member = at(name);
        if (member.isMissingNode()) {
            return;
        }
        if (!member.isNumber()) {
            throw Invalid.type(member, "Float");
        }
        double value = member.doubleValue();
        if (value < 0 || value > 1) {
            throw Invalid.constraint(
                    "'" + value + "'",
                    path(name),
                    value < 0 ? "have value greater than or equal to 0" : "have value less than or equal to 1");
        }
    }

    Optional<Fields> object(String name) {
        JsonNode member = at(name);
        if (member.isMissingNode()) {
            return Optional.empty();
        }
        if (member instanceof ObjectNode object) {
            return Optional.of(new Fields(object, path(name)));
        }
        throw Invalid.type(member, "Structure");
    }

    Fields requiredObject(String name) {
        return object(name).orElseThrow(() -> Invalid.missing(path(name)));
    }

    /** The objects of an array; none where it is absent. */
    List<Fields> objects(String name) {
        List<Fields> objects = new ArrayList<>();
        for (JsonNode element : array(name)) {
            if (!(element instanceof ObjectNode object)) {
                throw Invalid.type(element, "Structure");
            }
            objects.add(new Fields(object, path(name) + "." + (objects.size() + 1) + ".member"));
        }
        return objects;
    }

    /** The texts of an array; none where it is absent. */
    List<String> texts(String name) {
        List<String> texts = new ArrayList<>();
        for (JsonNode element : array(name)) {
            if (!element.isTextual()) {
                throw Invalid.type(element, "String");
            }
            texts.add(element.textValue());
        }
        return texts;
    }

    private JsonNode array(String name) {
        JsonNode member = at(name);
        if (!member.isMissingNode() && !member.isArray()) {
            throw Invalid.type(member, "List");
        }
        return member;
    }
}
