package dev.llmsim.cassette;

import dev.llmsim.cassette.text.Place;
import dev.llmsim.cassette.text.YamlNode;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Pattern;

/** The named values of one mapping, each taken once; what is left over at the end is an error. Not thread-safe. */
final class Fields {
    private static final Pattern NUMBER = Pattern.compile("0|[1-9][0-9]{0,17}");

    private final String what;
    private final Place place;
    private final Map<String, YamlNode> left;

    Fields(String what, YamlNode node) {
        this.what = what;
        this.place = node.place();
        this.left = new LinkedHashMap<>(node.entries(what));
    }

    Place place() {
        return place;
    }

    Optional<YamlNode> optional(String key) {
        return Optional.ofNullable(left.remove(key));
    }

    YamlNode required(String key) {
        return optional(key)
                .orElseThrow(() ->
                        place.invalid(what, "no key " + key, "the key " + key, "add it (docs/cassette-format.md)"));
    }

    String text(String key) {
        return required(key).text(key);
    }

    OptionalLong number(String key) {
        Optional<YamlNode> node = optional(key);
        return node.isPresent() ? OptionalLong.of(number(key, node.get())) : OptionalLong.empty();
    }

    /** {@code node} as a whole number, not negative. */
    static long number(String key, YamlNode node) {
        String text = node.text(key);
        if (!NUMBER.matcher(text).matches()) {
            throw node.place().invalid(key, text, "a whole number", "correct it");
        }
        return Long.parseLong(text);
    }

    /** Refuses whatever was not asked for. */
    void end() {
        left.forEach((key, node) -> {
            throw node.place()
                    .invalid("key in " + what, key, "a key of cassette/1", "remove it or correct its spelling");
        });
    }
}
