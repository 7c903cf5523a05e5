package dev.llmsim.provider.gemini;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.llmsim.provider.simulation.Call;
import dev.llmsim.provider.simulation.Json;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * A message of a request, whose members are read as the JSON form of protocol buffers has them: by either spelling of
 * their name, null as absent, 64-bit integers as texts too, and a single message where several may stand.
 */
final class Fields {
    private final ObjectNode node;
    private final String path;

    private Fields(ObjectNode node, String path) {
        this.node = node;
        this.path = path;
    }

    /** The body of a request. */
    static Fields of(Call call) {
        JsonNode body;
        try {
            body = Json.read(call.request().body());
        } catch (IOException notJson) {
            String reason = notJson instanceof com.fasterxml.jackson.core.JsonProcessingException parsing
                    ? parsing.getOriginalMessage()
                    : String.valueOf(notJson.getMessage());
            throw Invalid.request("Invalid JSON payload received. " + reason);
        }
        if (body.isMissingNode()) {
            return new Fields(Json.object(), "");
        }
        if (body instanceof ObjectNode object) {
            return new Fields(object, "");
        }
        throw Invalid.request("Invalid JSON payload received. Unknown name \"\": Root element must be a message.");
    }

    /** A message that was not sent, at {@code path}. */
    static Fields empty(String path) {
        return new Fields(Json.object(), path);
    }

    /** Where it stands in the request. */
    String path() {
        return path;
    }

    /** The name of a member as errors spell it: {@code contents[0].inline_data}. */
    String path(String name) {
        return path.isEmpty() ? snake(name) : path + "." + snake(name);
    }

    ObjectNode node() {
        return node;
    }

    /** The member; a missing node where it is absent or null. */
    JsonNode at(String name) {
        JsonNode member = node.path(name);
        if (member.isMissingNode()) {
            member = node.path(snake(name));
        }
        return member.isNull() ? MissingNode.getInstance() : member;
    }

    boolean has(String name) {
        return !at(name).isMissingNode();
    }

    Optional<String> text(String name) {
        JsonNode member = at(name);
        if (!member.isMissingNode() && !member.isTextual()) {
            throw Invalid.value(path(name), "TYPE_STRING", member);
        }
        return Optional.ofNullable(member.textValue());
    }

    /** The texts of an array; none where it is absent. */
    List<String> texts(String name) {
        JsonNode member = at(name);
        if (member.isTextual()) {
            return List.of(member.textValue());
        }
        List<String> texts = new ArrayList<>();
        for (JsonNode element : array(name, "TYPE_STRING")) {
            if (!element.isTextual()) {
                throw Invalid.value(path(name) + "[" + texts.size() + "]", "TYPE_STRING", element);
            }
            texts.add(element.textValue());
        }
        return texts;
    }

    /** A name of an enum, in upper case; {@code type} is what errors call the enum. */
    Optional<String> name(String name, String type, List<String> known) {
        JsonNode member = at(name);
        if (member.isMissingNode()) {
            return Optional.empty();
        }
        String read = member.asText().toUpperCase(Locale.ROOT);
        if (!member.isTextual() || !known.contains(read)) {
            throw Invalid.value(path(name), Invalid.typeName(type), member);
        }
        return Optional.of(read);
    }

    boolean flag(String name) {
        JsonNode member = at(name);
        if (!member.isMissingNode() && !member.isBoolean()) {
            throw Invalid.value(path(name), "TYPE_BOOL", member);
        }
        return member.asBoolean();
    }

    OptionalLong integer(String name) {
        JsonNode member = at(name);
        if (member.isMissingNode()) {
            return OptionalLong.empty();
        }
        Optional<Long> value = Integers.of(member);
        if (value.isEmpty() || value.get() != value.get().intValue()) {
            throw Invalid.value(path(name), "TYPE_INT32", member);
        }
        return OptionalLong.of(value.get());
    }

    OptionalDouble decimal(String name) {
        JsonNode member = at(name);
        if (!member.isMissingNode() && !member.isNumber()) {
            throw Invalid.value(path(name), "TYPE_FLOAT", member);
        }
        return member.isMissingNode() ? OptionalDouble.empty() : OptionalDouble.of(member.doubleValue());
    }

    /** A message; {@code type} is what errors call it. */
    Optional<Fields> object(String name, String type) {
        JsonNode member = at(name);
        if (member.isMissingNode()) {
            return Optional.empty();
        }
        if (member instanceof ObjectNode object) {
            return Optional.of(new Fields(object, path(name)));
        }
        throw Invalid.value(path(name), Invalid.typeName(type), member);
    }

    /** The messages of an array, or the one that stands in its place; none where it is absent. */
    List<Fields> objects(String name, String type) {
        if (at(name) instanceof ObjectNode single) {
            return List.of(new Fields(single, path(name) + "[0]"));
        }
        List<Fields> objects = new ArrayList<>();
        for (JsonNode element : array(name, Invalid.typeName(type))) {
            String elementPath = path(name) + "[" + objects.size() + "]";
            if (!(element instanceof ObjectNode object)) {
                throw Invalid.value(elementPath, Invalid.typeName(type), element);
            }
            objects.add(new Fields(object, elementPath));
        }
        return objects;
    }

    private JsonNode array(String name, String type) {
        JsonNode member = at(name);
        if (!member.isMissingNode() && !member.isArray()) {
            throw Invalid.value(path(name), type, member);
        }
        return member;
    }

    /** {@code inlineData} as {@code inline_data}. */
    static String snake(String name) {
        StringBuilder snake = new StringBuilder();
        for (int i = 0; i < name.length(); i++) {
            char letter = name.charAt(i);
            if (Character.isUpperCase(letter)) {
                snake.append('_');
            }
            snake.append(Character.toLowerCase(letter));
        }
        return snake.toString();
    }
}
