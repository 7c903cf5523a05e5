package dev.llmsim.cassette.text;

import java.io.Reader;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.events.AliasEvent;
import org.yaml.snakeyaml.events.CollectionStartEvent;
import org.yaml.snakeyaml.events.Event;
import org.yaml.snakeyaml.events.NodeEvent;
import org.yaml.snakeyaml.events.ScalarEvent;
import org.yaml.snakeyaml.parser.ParserImpl;

/**
 * Reads YAML that nobody vouches for. It works on the event stream of the parser: no object is ever constructed, no scalar
 * resolved to another type, and what {@link YamlRules} does not allow is refused where it stands. One instance reads one
 * file.
 */
public final class YamlReader {
    private static final String REWRITE = "correct this line or write the file again";

    private final String file;
    private final YamlRules rules;
    private final ParserImpl events;
    private final Map<String, Named> anchors = new HashMap<>();
    private int nodes;

    /** What an anchor stands for, and how many values that is. */
    private record Named(YamlNode node, int size) {}

    private YamlReader(String file, Reader reader, YamlRules rules) {
        this.file = file;
        this.rules = rules;
        LoaderOptions options = new LoaderOptions();
        options.setCodePointLimit(rules.maxDocumentChars());
        this.events = new ParserImpl(new WholeText(file, reader), options);
    }

    /** All documents of {@code reader}; {@code file} is its name in errors. */
    public static List<YamlNode> read(String file, Reader reader, YamlRules rules) {
        try {
            return new YamlReader(file, reader, rules).documents();
        } catch (MarkedYAMLException e) {
            throw at(file, e.getProblemMark()).invalid("not YAML: " + e.getProblem() + "; " + REWRITE, e);
        } catch (YAMLException e) {
            throw new Place(file, 1).invalid("not YAML: " + e.getMessage() + "; " + REWRITE, e);
        }
    }

    private List<YamlNode> documents() {
        List<YamlNode> documents = new ArrayList<>();
        while (!events.checkEvent(Event.ID.StreamEnd)) {
            Event event = events.getEvent();
            if (event instanceof NodeEvent node) {
                documents.add(node(node, 1));
                anchors.clear();
            }
        }
        return documents;
    }

    private YamlNode node(NodeEvent event, int depth) {
        Place place = at(event.getStartMark());
        if (depth > rules.maxDepth()) {
            throw place.invalid("nesting", "deeper than " + rules.maxDepth(), "at most " + rules.maxDepth(), REWRITE);
        }
        if (event instanceof AliasEvent alias) {
            return alias(alias, place);
        }
        int before = nodes;
        count(1, place);
        YamlNode node = event instanceof ScalarEvent scalar
                ? scalar(scalar, place)
                : collection((CollectionStartEvent) event, place, depth);
        name(event.getAnchor(), node, nodes - before);
        return node;
    }

    private YamlNode scalar(ScalarEvent event, Place place) {
        String tag = event.getTag() == null ? "" : event.getTag();
        allow(tag, place);
        return new YamlNode.Scalar(event.getValue(), event.isPlain() && tag.isEmpty(), tag, place);
    }

    private YamlNode collection(CollectionStartEvent event, Place place, int depth) {
        allow(event.getTag() == null ? "" : event.getTag(), place);
        return event.getEventId() == Event.ID.SequenceStart ? sequence(place, depth) : mapping(place, depth);
    }

    private YamlNode sequence(Place place, int depth) {
        List<YamlNode> items = new ArrayList<>();
        while (events.getEvent() instanceof NodeEvent item) {
            items.add(node(item, depth + 1));
        }
        return new YamlNode.Sequence(items, place);
    }

    private YamlNode mapping(Place place, int depth) {
        Map<String, YamlNode> entries = new LinkedHashMap<>();
        while (events.getEvent() instanceof NodeEvent keyEvent) {
            YamlNode key = node(keyEvent, depth + 1);
            String name = key.text("key");
            if (entries.containsKey(name)) {
                throw key.place().invalid("key", name, "each key once", "remove one of the two");
            }
            entries.put(name, node((NodeEvent) events.getEvent(), depth + 1));
        }
        return new YamlNode.Mapping(entries, place);
    }

    private YamlNode alias(AliasEvent event, Place place) {
        Named named = anchors.get(event.getAnchor());
        if (!rules.aliases() || named == null) {
            throw place.invalid("alias", "*" + event.getAnchor(), "the value itself", "write the value out");
        }
        count(named.size(), place);
        return named.node();
    }

    private void name(@Nullable String anchor, YamlNode node, int size) {
        if (anchor == null) {
            return;
        }
        if (!rules.aliases()) {
            throw node.place().invalid("anchor", "&" + anchor, "none", "remove it and write each value out");
        }
        anchors.put(anchor, new Named(node, size));
    }

    private void allow(String tag, Place place) {
        if (!tag.isEmpty() && !rules.tags().contains(tag)) {
            String expected = rules.tags().isEmpty() ? "no tag" : "none but " + String.join(", ", rules.tags());
            throw place.invalid("tag", tag, expected, "remove it: tags could name code to run");
        }
    }

    private void count(int more, Place place) {
        nodes = Math.addExact(nodes, more);
        if (nodes > rules.maxNodes()) {
            throw place.invalid("values", "more than " + rules.maxNodes(), "fewer", "split the file");
        }
    }

    private Place at(@Nullable Mark mark) {
        return at(file, mark);
    }

    private static Place at(String file, @Nullable Mark mark) {
        return new Place(file, mark == null ? 1 : mark.getLine() + 1);
    }
}
