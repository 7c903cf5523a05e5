package dev.llmsim.match;

import dev.llmsim.match.Node.Fields;
import dev.llmsim.match.Node.Items;
import dev.llmsim.match.Node.Quoted;
import dev.llmsim.match.Node.Text;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;

/** One thing that two equal requests may write differently: where it stands, and what it becomes. */
sealed interface Rule {
    Node apply(Node body);

    /** What the rule does, for display. */
    String description();

    /** Leaves a member out that carries no meaning. */
    record Drop(RulePath path) implements Rule {
        @Override
        public Node apply(Node body) {
            return path.rewrite(body, value -> null);
        }

        @Override
        public String description() {
            return "ignores " + path;
        }
    }

    /** Leaves a member out whose value is what the provider documents for an absent one. */
    record Default(RulePath path, Node value) implements Rule {
        @Override
        public Node apply(Node body) {
            return path.rewrite(body, given -> given.equals(value) ? null : given);
        }

        @Override
        public String description() {
            return path + " absent = " + value.render();
        }
    }

    /** Turns a list of one part that is nothing but text into that text. */
    record OneTextPart(RulePath path, String partType) implements Rule {
        @Override
        public Node apply(Node body) {
            return path.rewrite(body, this::textOf);
        }

        private Node textOf(Node content) {
            boolean alone = content instanceof Items items && items.list().size() == 1;
            if (alone && ((Items) content).list().get(0) instanceof Fields part) {
                SortedMap<String, Node> members = part.members();
                boolean plain = members.size() == 2 && new Text(partType).equals(members.get("type"));
                return plain && members.get("text") instanceof Text text ? text : content;
            }
            return content;
        }

        @Override
        public String description() {
            return path + " a text = one part of type " + partType;
        }
    }

    /** Turns a text into a list of one user message. */
    record OneUserMessage(RulePath path) implements Rule {
        @Override
        public Node apply(Node body) {
            return path.rewrite(body, input -> input instanceof Text ? messageOf(input) : input);
        }

        private static Node messageOf(Node text) {
            SortedMap<String, Node> message = new TreeMap<>();
            message.put("role", new Text("user"));
            message.put("content", text);
            return new Items(List.of(new Fields(message)));
        }

        @Override
        public String description() {
            return path + " a text = one user message";
        }
    }

    /** Reads strings that hold JSON as that JSON: the first two million characters of them in one body. */
    record JsonInText(RulePath path) implements Rule {
        private static final int MAX_CHARACTERS = 2_000_000;

        @Override
        public Node apply(Node body) {
            AtomicInteger left = new AtomicInteger(MAX_CHARACTERS);
            return path.rewrite(body, value -> value instanceof Text text ? read(text, left) : value);
        }

        private static Node read(Text text, AtomicInteger left) {
            int length = text.value().length();
            if (length > left.get()) {
                return text;
            }
            left.addAndGet(-length);
            return JsonReader.read(text.value()).<Node>map(Quoted::new).orElse(text);
        }

        @Override
        public String description() {
            return path + " compared as JSON";
        }
    }

    /** Replaces base64, bare or in a {@code data:} URL, by a hash of the bytes it stands for. */
    record EncodedBytes(RulePath path) implements Rule {
        @Override
        public Node apply(Node body) {
            return path.rewrite(body, value -> value instanceof Text text ? Base64Text.hashed(text) : value);
        }

        @Override
        public String description() {
            return path + " base64 compared by its bytes";
        }
    }

    /** Numbers the ids of calls that the request both makes and answers, in the order in which it makes them. */
    record CallIds(RulePath made, RulePath answered) implements Rule {
        @Override
        public Node apply(Node body) {
            return CallNumbers.in(body, this).applyTo(body, this);
        }

        @Override
        public String description() {
            return made + " and " + answered + " numbered by first appearance where an id stands in both";
        }
    }
}
