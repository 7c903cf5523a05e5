package dev.llmsim.cassette.text;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A piece of YAML as it was written: every scalar is text, whatever it looks like. Asking for the wrong kind is an error at its place. */
public sealed interface YamlNode {
    Place place();

    /** The kind, as error messages name it. */
    String kind();

    default String text(String what) {
        throw wrong(what, "text");
    }

    default List<YamlNode> items(String what) {
        throw wrong(what, "a list");
    }

    default Map<String, YamlNode> entries(String what) {
        throw wrong(what, "a mapping");
    }

    private RuntimeException wrong(String what, String expected) {
        return place().invalid(what, kind(), expected, "correct this line or write the file again");
    }

    /**
     * One value.
     *
     * @param plain whether it stood without quotes and without a tag: only then may it be anything but a text
     * @param tag its explicit tag, or empty
     */
    record Scalar(String value, boolean plain, String tag, Place place) implements YamlNode {
        @Override
        public String kind() {
            return "text";
        }

        @Override
        public String text(String what) {
            return value;
        }
    }

    /** A list. */
    record Sequence(List<YamlNode> nodes, Place place) implements YamlNode {
        public Sequence {
            nodes = List.copyOf(nodes);
        }

        @Override
        public String kind() {
            return "a list";
        }

        @Override
        public List<YamlNode> items(String what) {
            return nodes;
        }
    }

    /** Named values in the order in which they were written. */
    record Mapping(Map<String, YamlNode> nodes, Place place) implements YamlNode {
        public Mapping {
            nodes = Collections.unmodifiableMap(new LinkedHashMap<>(nodes));
        }

        @Override
        public String kind() {
            return "a mapping";
        }

        @Override
        public Map<String, YamlNode> entries(String what) {
            return nodes;
        }
    }
}
