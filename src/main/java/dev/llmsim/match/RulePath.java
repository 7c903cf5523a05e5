package dev.llmsim.match;

import dev.llmsim.match.Node.Fields;
import dev.llmsim.match.Node.Items;
import dev.llmsim.match.Node.Text;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Places in a body: a JSON Pointer in which {@code *} is any element or member, and {@code [type=X]} after a step admits only
 * objects whose {@code type} is X ({@code *X}: ends with X).
 */
final class RulePath {
    private final String spelling;
    private final List<Step> steps;

    private RulePath(String spelling, List<Step> steps) {
        this.spelling = spelling;
        this.steps = steps;
    }

    /**
     * @param name a member's name, or {@code *}
     * @param typeOrNull what the value's {@code type} has to be
     */
    private record Step(String name, @Nullable String typeOrNull) {
        static Step of(String spelling) {
            int bracket = spelling.indexOf("[type=");
            return bracket < 0
                    ? new Step(spelling, null)
                    : new Step(
                            spelling.substring(0, bracket),
                            spelling.substring(bracket + "[type=".length(), spelling.length() - 1));
        }

        boolean admits(Node value) {
            return typeOrNull == null
                    || (value instanceof Fields fields
                            && fields.members().get("type") instanceof Text type
                            && isType(type.value(), typeOrNull));
        }

        private static boolean isType(String type, String wanted) {
            return wanted.startsWith("*") ? type.endsWith(wanted.substring(1)) : type.equals(wanted);
        }
    }

    static RulePath of(String spelling) {
        return new RulePath(
                spelling,
                Arrays.stream(spelling.substring(1).split("/")).map(Step::of).toList());
    }

    /** {@code root} with the value at each of these places changed; a member whose new value is null is taken out. */
    Node rewrite(Node root, Function<Node, @Nullable Node> change) {
        Node changed = rewrite(root, 0, change);
        return changed == null ? root : changed;
    }

    /** Every value at these places, in the order of the document. */
    List<Node> find(Node root) {
        List<Node> found = new ArrayList<>();
        rewrite(root, value -> {
            found.add(value);
            return value;
        });
        return found;
    }

    private @Nullable Node rewrite(Node node, int depth, Function<Node, @Nullable Node> change) {
        if (depth == steps.size()) {
            return change.apply(node);
        }
        Step step = steps.get(depth);
        if (node instanceof Items items && step.name().equals("*")) {
            return items(items, depth, change);
        }
        if (node instanceof Fields fields) {
            return step.name().equals("*") ? members(fields, depth, change) : member(fields, depth, change);
        }
        return node;
    }

    private Node items(Items items, int depth, Function<Node, @Nullable Node> change) {
        List<Node> copy = null;
        for (int i = 0; i < items.list().size(); i++) {
            Node before = items.list().get(i);
            Node after = steps.get(depth).admits(before) ? rewrite(before, depth + 1, change) : before;
            if (after != null && after != before) {
                copy = copy == null ? new ArrayList<>(items.list()) : copy;
                copy.set(i, after);
            }
        }
        return copy == null ? items : new Items(copy);
    }

    private Node members(Fields fields, int depth, Function<Node, @Nullable Node> change) {
        SortedMap<String, Node> copy = null;
        for (Map.Entry<String, Node> member : fields.members().entrySet()) {
            Node before = member.getValue();
            Node after = steps.get(depth).admits(before) ? rewrite(before, depth + 1, change) : before;
            if (after != before) {
                copy = copy == null ? fields.copy() : copy;
                put(copy, member.getKey(), after);
            }
        }
        return copy == null ? fields : new Fields(copy);
    }

    private Node member(Fields fields, int depth, Function<Node, @Nullable Node> change) {
        Step step = steps.get(depth);
        Node before = fields.members().get(step.name());
        Node after = before != null && step.admits(before) ? rewrite(before, depth + 1, change) : before;
        if (after == before) {
            return fields;
        }
        SortedMap<String, Node> copy = fields.copy();
        put(copy, step.name(), after);
        return new Fields(copy);
    }

    private static void put(SortedMap<String, Node> members, String name, @Nullable Node value) {
        if (value == null) {
            members.remove(name);
        } else {
            members.put(name, value);
        }
    }

    @Override
    public String toString() {
        return spelling;
    }
}
