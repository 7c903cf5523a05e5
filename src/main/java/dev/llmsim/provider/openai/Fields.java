package dev.llmsim.provider.openai;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.llmsim.exchange.Request;
import dev.llmsim.provider.simulation.Call;
import dev.llmsim.provider.simulation.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * An object of a request, whose members are read as what they have to be. A member that is null counts as absent.
 *
 * <p>OpenAI's own rules hold for requests to OpenAI. Other services that took its API over have values of their own, so
 * for them values that are not known and arrays that are empty pass.
 */
public final class Fields {
    private final ObjectNode node;
    private final String path;

    private final boolean strict;

    private Fields(ObjectNode node, String path, boolean strict) {
        this.node = node;
        this.path = path;
        this.strict = strict;
    }

    /** The body of a request. */
    public static Fields of(Call call) {
        return new Fields(call.json(), "", isOpenAi(call.request()));
    }

    /** Whether {@code request} goes to OpenAI itself. */
    static boolean isOpenAi(Request request) {
        String upstream = request.upstream();
        return upstream.equals("openai") || upstream.equals("https://api.openai.com");
    }

    /** Whether this goes to OpenAI, so that all of its rules hold. */
    public boolean isStrict() {
        return strict;
    }

    /** The name of a member as errors spell it: {@code messages[0].content}. */
    public String path(String name) {
        return path.isEmpty() ? name : path + "." + name;
    }

    public ObjectNode node() {
        return node;
    }

    /** The member; a missing node where it is absent or null. */
    public JsonNode at(String name) {
        return Json.member(node, name);
    }

    public boolean has(String name) {
        return !at(name).isMissingNode();
    }

    public Optional<String> text(String name) {
        JsonNode member = at(name);
        if (!member.isMissingNode() && !member.isTextual()) {
            throw FieldErrors.type(path(name), "a string", member);
        }
        return Optional.ofNullable(member.textValue());
    }

    public String requiredText(String name) {
        return text(name).orElseThrow(() -> FieldErrors.missing(path(name)));
    }

    /** A text that is one of these. */
    public Optional<String> oneOf(String name, List<String> supported) {
        Optional<String> text = text(name);
        if (strict && text.isPresent() && !supported.contains(text.get())) {
            throw FieldErrors.value(path(name), text.get(), supported);
        }
        return text;
    }

    /** The same, which has to be there; empty where it is not and need not. */
    public String requiredOneOf(String name, List<String> supported) {
        Optional<String> text = oneOf(name, supported);
        if (strict && text.isEmpty()) {
            throw FieldErrors.missing(path(name));
        }
        return text.orElse("");
    }

    public boolean flag(String name, boolean otherwise) {
        JsonNode member = at(name);
        if (member.isMissingNode()) {
            return otherwise;
        }
        if (!member.isBoolean()) {
            throw FieldErrors.type(path(name), "a boolean", member);
        }
        return member.booleanValue();
    }

    /** An integer from {@code least} to {@code most}. */
    public OptionalInt integer(String name, int least, int most) {
        OptionalLong value = integer(name, (long) least, (long) most);
        return value.isPresent() ? OptionalInt.of((int) value.getAsLong()) : OptionalInt.empty();
    }

    public OptionalLong integer(String name, long least, long most) {
        JsonNode member = at(name);
        if (member.isMissingNode()) {
            return OptionalLong.empty();
        }
        if (!member.isIntegralNumber()) {
            throw FieldErrors.type(path(name), "an integer", member);
        }
        boolean negative = member.bigIntegerValue().signum() < 0;
        if (member.canConvertToLong() ? member.longValue() < least : negative) {
            throw FieldErrors.bound(path(name), "integer", ">= " + least, member);
        }
        if (!member.canConvertToLong() || member.longValue() > most) {
            throw FieldErrors.bound(path(name), "integer", "<= " + most, member);
        }
        return OptionalLong.of(member.longValue());
    }

    /** A number from {@code least} to {@code most}. */
    public OptionalDouble decimal(String name, int least, int most) {
        JsonNode member = at(name);
        if (member.isMissingNode()) {
            return OptionalDouble.empty();
        }
        if (!member.isNumber()) {
            throw FieldErrors.type(path(name), "a decimal", member);
        }
        if (member.doubleValue() < least) {
            throw FieldErrors.bound(path(name), "decimal", ">= " + least, member);
        }
        if (member.doubleValue() > most) {
            throw FieldErrors.bound(path(name), "decimal", "<= " + most, member);
        }
        return OptionalDouble.of(member.doubleValue());
    }

    public Optional<Fields> object(String name) {
        JsonNode member = at(name);
        if (member.isMissingNode()) {
            return Optional.empty();
        }
        if (member instanceof ObjectNode object) {
            return Optional.of(new Fields(object, path(name), strict));
        }
        throw FieldErrors.type(path(name), "an object", member);
    }

    public Fields requiredObject(String name) {
        return object(name).orElseThrow(() -> FieldErrors.missing(path(name)));
    }

    /** The objects of an array; none where it is absent. */
    public List<Fields> objects(String name) {
        JsonNode member = at(name);
        if (member.isMissingNode()) {
            return List.of();
        }
        if (!member.isArray()) {
            throw FieldErrors.type(path(name), "an array of objects", member);
        }
        List<Fields> objects = new ArrayList<>();
        for (JsonNode element : member) {
            String elementPath = path(name) + "[" + objects.size() + "]";
            if (!(element instanceof ObjectNode object)) {
                throw FieldErrors.type(elementPath, "an object", element);
            }
            objects.add(new Fields(object, elementPath, strict));
        }
        return objects;
    }

    /** The objects of an array that may be absent, but not empty. */
    public List<Fields> oneOrMore(String name) {
        List<Fields> objects = objects(name);
        if (strict && objects.isEmpty() && has(name)) {
            throw FieldErrors.emptyArray(path(name));
        }
        return objects;
    }
}
