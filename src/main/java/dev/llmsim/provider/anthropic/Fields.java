package dev.llmsim.provider.anthropic;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.llmsim.exchange.Bytes;
import dev.llmsim.provider.simulation.Json;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

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
        JsonNode read;
        try {
            read = Json.read(body);
        } catch (JsonProcessingException notJson) {
            throw FieldErrors.of("The request body is not valid JSON: " + notJson.getOriginalMessage());
        } catch (IOException notJson) {
            throw FieldErrors.of("The request body is not valid JSON: " + notJson.getMessage());
        }
        if (read instanceof ObjectNode object) {
            return new Fields(object, "");
        }
        throw FieldErrors.of("Input should be a valid dictionary or object to extract fields from");
    }

    ObjectNode node() {
        return node;
    }

    /** Where this stands: {@code messages.0.content.1}; empty for the body. */
    String path() {
        return path;
    }

    String path(String name) {
        return path.isEmpty() ? name : path + "." + name;
    }

    /** This, whose members' errors name the kind of block that it is: {@code messages.0.content.1.image}. */
    Fields tagged(String tag) {
        return new Fields(node, path + "." + tag);
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
            throw FieldErrors.type(path(name), "string");
        }
        return Optional.ofNullable(member.textValue());
    }

    String requiredText(String name) {
        return text(name).orElseThrow(() -> FieldErrors.missing(path(name)));
    }

    Optional<String> oneOf(String name, List<String> supported) {
        Optional<String> text = text(name);
        if (text.isPresent() && !supported.contains(text.get())) {
            throw FieldErrors.value(path(name), supported);
        }
        return text;
    }

    boolean flag(String name) {
        JsonNode member = at(name);
        if (!member.isMissingNode() && !member.isBoolean()) {
            throw FieldErrors.type(path(name), "boolean");
        }
        return member.asBoolean(false);
    }

    OptionalInt integer(String name, int least) {
        JsonNode member = at(name);
        if (member.isMissingNode()) {
            return OptionalInt.empty();
        }
        if (!member.isNumber() || member.doubleValue() != Math.rint(member.doubleValue())) {
            throw FieldErrors.integer(path(name), member);
        }
        if (member.doubleValue() < least) {
            throw FieldErrors.at(path(name), "Input should be greater than or equal to " + least);
        }
        return OptionalInt.of((int) Math.min(1 << 30, member.doubleValue()));
    }

    /** Checks a number from {@code least} to {@code most}. */
    void number(String name, int least, int most) {
        JsonNode member = at(name);
        if (member.isMissingNode()) {
            return;
        }
        if (!member.isNumber()) {
            throw FieldErrors.type(path(name), "number");
        }
        if (member.doubleValue() < least) {
            throw FieldErrors.at(path(name), "Input should be greater than or equal to " + least);
        }
        if (member.doubleValue() > most) {
            throw FieldErrors.at(path(name), "Input should be less than or equal to " + most);
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
        throw FieldErrors.type(path(name), "dictionary");
    }

    Fields requiredObject(String name) {
        return object(name).orElseThrow(() -> FieldErrors.missing(path(name)));
    }

    /** The objects of an array; none where it is absent. */
    List<Fields> objects(String name) {
        List<Fields> objects = new ArrayList<>();
        for (JsonNode element : array(name)) {
            String elementPath = path(name) + "." + objects.size();
            if (!(element instanceof ObjectNode object)) {
                throw FieldErrors.type(elementPath, "dictionary");
            }
            objects.add(new Fields(object, elementPath));
        }
        return objects;
    }

    /** The texts of an array; none where it is absent. */
    List<String> texts(String name) {
        List<String> texts = new ArrayList<>();
        for (JsonNode element : array(name)) {
            if (!element.isTextual()) {
                throw FieldErrors.type(path(name) + "." + texts.size(), "string");
            }
            texts.add(element.textValue());
        }
        return texts;
    }

    private JsonNode array(String name) {
        JsonNode member = at(name);
        if (!member.isMissingNode() && !member.isArray()) {
            throw FieldErrors.type(path(name), "list");
        }
        return member;
    }
}
