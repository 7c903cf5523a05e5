package dev.llmsim.provider.openai;

import com.fasterxml.jackson.databind.JsonNode;
import dev.llmsim.provider.simulation.Engine;
import java.util.ArrayList;
import java.util.List;
import java.util.StringJoiner;

/**
 * A text that a client sends to completions or embeddings, or the tokens of one.
 *
 * @param text where tokens came: their numbers, with spaces between
 * @param given how many tokens came; -1 where a text did
 */
record TextInput(String text, int given) {
    private static final String EXPECTED =
            "one of a string, array of strings, array of integers, or array of integer arrays";

    /** The inputs in a member that is a string, strings, tokens, or arrays of tokens. */
    static List<TextInput> read(Fields fields, String name) {
        JsonNode member = fields.at(name);
        if (member.isTextual()) {
            return List.of(new TextInput(member.textValue(), -1));
        }
        if (!member.isArray()) {
            throw FieldErrors.type(name, EXPECTED, member);
        }
        if (member.path(0).isIntegralNumber()) {
            return List.of(tokens(member, name));
        }
        List<TextInput> inputs = new ArrayList<>();
        for (JsonNode element : member) {
            String path = name + "[" + inputs.size() + "]";
            if (!element.isTextual() && !element.isArray()) {
                throw FieldErrors.type(path, "one of a string or array of integers", element);
            }
            inputs.add(element.isArray() ? tokens(element, path) : new TextInput(element.textValue(), -1));
        }
        return inputs;
    }

    private static TextInput tokens(JsonNode array, String path) {
        StringJoiner text = new StringJoiner(" ");
        int count = 0;
        for (JsonNode token : array) {
            if (!token.isIntegralNumber()) {
                throw FieldErrors.type(path + "[" + count + "]", "an integer", token);
            }
            text.add(token.asText());
            count++;
        }
        return new TextInput(text.toString(), count);
    }

    boolean isEmpty() {
        return text.isEmpty();
    }

    int tokens(Engine engine, String model) {
        return given >= 0 ? given : engine.tokens(model, text);
    }
}
