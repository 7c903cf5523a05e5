package dev.llmsim.match;

import dev.llmsim.match.Node.Fields;
import dev.llmsim.match.Node.Items;
import dev.llmsim.match.Node.Quoted;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The first place in which two trees differ, as deep as both have the same shape.
 *
 * @param pointer a JSON Pointer
 * @param recordedOrNull absent where only the other tree has this place
 * @param askedOrNull likewise
 */
record TreeDifference(
        String pointer,
        @Nullable Node recordedOrNull,
        @Nullable Node askedOrNull) {

    static Optional<TreeDifference> first(String pointer, @Nullable Node recorded, @Nullable Node asked) {
        if (recorded == null || asked == null) {
            return recorded == asked ? Optional.empty() : Optional.of(new TreeDifference(pointer, recorded, asked));
        }
        if (recorded instanceof Fields one && asked instanceof Fields other) {
            return inFields(pointer, one, other);
        }
        if (recorded instanceof Items one && asked instanceof Items other) {
            return inItems(pointer, one.list(), other.list());
        }
        if (recorded instanceof Quoted one && asked instanceof Quoted other) {
            return first(pointer, one.json(), other.json());
        }
        return recorded.equals(asked) ? Optional.empty() : Optional.of(new TreeDifference(pointer, recorded, asked));
    }

    private static Optional<TreeDifference> inFields(String pointer, Fields recorded, Fields asked) {
        SortedSet<String> names = new TreeSet<>(recorded.members().keySet());
        names.addAll(asked.members().keySet());
        for (String name : names) {
            Optional<TreeDifference> found = first(
                    pointer + "/" + escaped(name),
                    recorded.members().get(name),
                    asked.members().get(name));
            if (found.isPresent()) {
                return found;
            }
        }
        return Optional.empty();
    }

    private static Optional<TreeDifference> inItems(String pointer, List<Node> recorded, List<Node> asked) {
        for (int i = 0; i < Math.max(recorded.size(), asked.size()); i++) {
            Optional<TreeDifference> found = first(pointer + "/" + i, at(recorded, i), at(asked, i));
            if (found.isPresent()) {
                return found;
            }
        }
        return Optional.empty();
    }

    static @Nullable Node at(List<Node> list, int index) {
        return index < list.size() ? list.get(index) : null;
    }

    static String escaped(String name) {
        return name.replace("~", "~0").replace("/", "~1");
    }
}
