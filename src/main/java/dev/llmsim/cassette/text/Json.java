package dev.llmsim.cassette.text;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.util.List;

/**
 * A JSON value that keeps what a tree of numbers and maps would lose: numbers as they were written ({@code 1.0} is not
 * {@code 1}, {@code 1E400} stays) and the order of the keys.
 */
public sealed interface Json {
    /** The deepest nesting that {@link #parse} reads. */
    int MAX_DEPTH = 200;

    /**
     * The one value in {@code text}.
     *
     * @throws JsonProcessingException where {@code text} is not exactly one JSON value, repeats a key, or nests too deep
     */
    static Json parse(String text) throws JsonProcessingException {
        return JsonParsing.parse(text);
    }

    /** The fixed serialisation: no spaces, keys in their order, numbers as written, only escapes that JSON demands. */
    default String compact() {
        StringBuilder out = new StringBuilder();
        JsonPrinting.compact(this, out);
        return out.toString();
    }

    /** For reading and comparing: short containers on one line, the items of longer ones on a line each. */
    default String pretty() {
        StringBuilder out = new StringBuilder();
        JsonPrinting.pretty(this, 0, out);
        return out.toString();
    }

    /** A string, unescaped; may hold unpaired surrogates, as JSON may. */
    record Text(String value) implements Json {}

    /** A number, {@code true}, {@code false} or {@code null}, as written. */
    record Literal(String raw) implements Json {}

    record Array(List<Json> items) implements Json {
        public Array {
            items = List.copyOf(items);
        }
    }

    record Member(String name, Json value) {}

    record Struct(List<Member> members) implements Json {
        public Struct {
            members = List.copyOf(members);
        }
    }
}
