package dev.llmsim.match;

import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** A value in a canonical request: JSON, or a mark where something else stands for what the request held. Immutable. */
sealed interface Node {
    /** A JSON string. */
    record Text(String value) implements Node {}

    /** A number, {@code true}, {@code false} or {@code null} in its one spelling. */
    record Plain(String spelling) implements Node {
        static final Plain FALSE = new Plain("false");
        static final Plain TRUE = new Plain("true");
        static final Plain NULL = new Plain("null");
    }

    /** What replaces data by its hash or an id by its number. Equal to nothing that a client can send. */
    record Mark(String label) implements Node {}

    /** JSON that the request holds inside a string. Not equal to the same JSON outside of one. */
    record Quoted(Node json) implements Node {}

    /** A JSON array. */
    record Items(List<Node> list) implements Node {
        public Items {
            list = Collections.unmodifiableList(list);
        }
    }

    /** A JSON object, by name. */
    record Fields(SortedMap<String, Node> members) implements Node {
        public Fields {
            members = Collections.unmodifiableSortedMap(members);
        }

        /** A copy that may be changed. */
        SortedMap<String, Node> copy() {
            return new TreeMap<>(members);
        }
    }

    /** The one spelling of this value; two values are equal exactly if their spellings are. */
    default String render() {
        StringBuilder out = new StringBuilder();
        Rendering.write(this, out);
        return out.toString();
    }
}
