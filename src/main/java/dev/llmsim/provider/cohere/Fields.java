package dev.llmsim.provider.cohere;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.llmsim.provider.simulation.ApiErrorException;
import dev.llmsim.provider.simulation.Call;
import dev.llmsim.provider.simulation.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;

/** An object of a request, whose members are read as what they have to be. A member that is null counts as absent. */
final class Fields {
    private static final String HELP = " For proper usage, please refer to https://docs.cohere.com/v2/reference/chat";

    private final ObjectNode node;
    private final String path;

    private Fields(ObjectNode node, String path) {
        this.node = node;
        this.path = path;
    }

    /** The body of a request. */
    static Fields of(Call call) {
        return new Fields(call.json(), "");
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

    String requiredText(String name) {
        String text = text(name);
        if (text.isEmpty()) {
            throw invalid(path(name) + " is required.");
        }
        return text;
    }

    boolean flag(String name) {
        JsonNode member = at(name);
        if (!member.isMissingNode() && !member.isBoolean()) {
            throw wrong(name, "boolean", member);
        }
        return member.asBoolean(false);
    }

    OptionalLong integer(String name, long least) {
        JsonNode member = at(name);
        if (member.isMissingNode()) {
            return OptionalLong.empty();
        }
        if (!member.isIntegralNumber() || !member.canConvertToLong()) {
            throw wrong(name, "integer", member);
        }
        if (member.longValue() < least) {
            throw invalid(path(name) + " must be greater than or equal to " + least + ".");
        }
        return OptionalLong.of(member.longValue());
    }

    /** Checks a number from {@code least} to {@code most}. */
    void number(String name, double least, double most) {
        JsonNode member = at(name);
        if (member.isMissingNode()) {
            return;
        }
        if (!member.isNumber()) {
            throw wrong(name, "number", member);
        }
        if (member.doubleValue() < least || member.doubleValue() > most) {
            throw invalid(path(name) + " must be between " + plain(least) + " and " + plain(most) + " inclusive.");
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
        throw wrong(name, "object", member);
    }

    Fields requiredObject(String name) {
        return object(name).orElseThrow(() -> invalid(path(name) + " is required."));
    }

    /** The objects of an array; none where it is absent. */
    List<Fields> objects(String name) {
        List<Fields> objects = new ArrayList<>();
        for (JsonNode element : array(name)) {
            if (!(element instanceof ObjectNode object)) {
                throw wrong(name + "[" + objects.size() + "]", "object", element);
            }
            objects.add(new Fields(object, path(name + "[" + objects.size() + "]")));
        }
        return objects;
    }

    /** The texts of an array; none where it is absent. */
    List<String> texts(String name) {
        List<String> texts = new ArrayList<>();
        for (JsonNode element : array(name)) {
            if (!element.isTextual()) {
                throw wrong(name + "[" + texts.size() + "]", "string", element);
            }
            texts.add(element.textValue());
        }
        return texts;
    }

    private JsonNode array(String name) {
        JsonNode member = at(name);
        if (!member.isMissingNode() && !member.isArray()) {
            throw wrong(name, "array", member);
        }
        return member;
    }

    static ApiErrorException invalid(String what) {
        return new ApiErrorException(400, "invalid request: " + what);
    }

    private ApiErrorException wrong(String name, String type, JsonNode got) {
        String kind = got.getNodeType().name().toLowerCase(Locale.ROOT);
        return new ApiErrorException(
                400,
                "invalid type: parameter " + path(name) + " is of type " + kind + " but should be of type " + type + "."
                        + HELP);
    }

    private String path(String name) {
        return path.isEmpty() ? name : path + "." + name;
    }

    private static String plain(double bound) {
        return bound == Math.rint(bound) ? Long.toString((long) bound) : Double.toString(bound);
    }
}
