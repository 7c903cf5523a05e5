package dev.llmsim.match;

import dev.llmsim.match.Node.Mark;
import dev.llmsim.match.Node.Text;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The numbers of the tool calls that one request both makes and answers. */
final class CallNumbers {
    private final Map<String, Node> markById;

    private CallNumbers(Map<String, Node> markById) {
        this.markById = markById;
    }

    static CallNumbers in(Node body, Rule.CallIds rule) {
        Set<String> answered = new HashSet<>();
        for (Node id : rule.answered().find(body)) {
            if (id instanceof Text text) {
                answered.add(text.value());
            }
        }
        Map<String, Node> markById = new HashMap<>();
        for (Node id : answered.isEmpty() ? List.<Node>of() : rule.made().find(body)) {
            if (id instanceof Text text && answered.contains(text.value())) {
                markById.putIfAbsent(text.value(), new Mark("call#" + (markById.size() + 1)));
            }
        }
        return new CallNumbers(markById);
    }

    Node applyTo(Node body, Rule.CallIds rule) {
        return markById.isEmpty() ? body : rule.answered().rewrite(rule.made().rewrite(body, this::mark), this::mark);
    }

    private Node mark(Node id) {
        return id instanceof Text text ? markById.getOrDefault(text.value(), id) : id;
    }
}
