package dev.llmsim.match;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.llmsim.exchange.Request;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Every single change of a JSON body: each scalar, each member, each element; and by hand which of them mean nothing. */
final class Mutations {
    private static final Set<String> PAYLOAD_NAMES =
            Set.of("data", "bytes", "file_data", "url", "image_url", "input_audio", "document_url");
    private static final Set<String> ANSWERING = Set.of("tool_call_id", "tool_use_id", "toolUseId", "call_id");

    private final Request request;
    private final JsonNode body;
    private final List<Mutation> found = new ArrayList<>();

    private Mutations(Request request, JsonNode body) {
        this.request = request;
        this.body = body;
    }

    /** A changed body, and whether it still means the same. */
    record Mutation(String description, JsonNode body, boolean equal) {}

    static List<Mutation> of(Request request, JsonNode body) {
        Mutations mutations = new Mutations(request, body);
        mutations.visit(List.of(), body);
        return mutations.found;
    }

    /** Where base64 stands: by name, and only if it is long enough not to be a word. */
    static List<List<String>> payloads(JsonNode body) {
        List<List<String>> paths = new ArrayList<>();
        collectPayloads(List.of(), body, paths);
        return paths;
    }

    /** Ids of calls that are both made and answered. */
    static Set<String> callIds(JsonNode body) {
        Set<String> made = new HashSet<>();
        Set<String> answered = new HashSet<>();
        collectIds(body, made, answered);
        answered.retainAll(made);
        return answered;
    }

    static JsonNode at(JsonNode root, List<String> path) {
        JsonNode node = root;
        for (String step : path) {
            node = node.isArray() ? node.get(Integer.parseInt(step)) : node.get(step);
        }
        return node;
    }

    static JsonNode set(JsonNode root, List<String> path, String text) {
        return set(root, path, TextNode.valueOf(text));
    }

    private static JsonNode set(JsonNode root, List<String> path, JsonNode value) {
        JsonNode copy = root.deepCopy();
        JsonNode parent = at(copy, path.subList(0, path.size() - 1));
        String last = path.get(path.size() - 1);
        if (parent instanceof ArrayNode array) {
            array.set(Integer.parseInt(last), value);
        } else {
            ((ObjectNode) parent).set(last, value);
        }
        return copy;
    }

    private void visit(List<String> path, JsonNode value) {
        if (value instanceof ObjectNode object) {
            for (Map.Entry<String, JsonNode> member : object.properties()) {
                List<String> at = plus(path, member.getKey());
                removeMember(path, member.getKey(), member.getValue());
                visit(at, member.getValue());
            }
            add("add a member at " + path, changed(path, o -> ((ObjectNode) o).put("zz_another", 1)), false);
        } else if (value instanceof ArrayNode array) {
            for (int i = 0; i < array.size(); i++) {
                int index = i;
                add(
                        "remove " + plus(path, "" + i),
                        changed(path, a -> ((ArrayNode) a).remove(index)),
                        inIgnorable(path));
                add(
                        "repeat " + plus(path, "" + i),
                        changed(path, a -> ((ArrayNode) a).insert(index, array.get(index))),
                        inIgnorable(path));
                visit(plus(path, "" + i), array.get(i));
            }
        } else {
            add("change " + path, set(body, path, another(value)), inIgnorable(path));
        }
    }

    private void removeMember(List<String> path, String name, JsonNode value) {
        List<String> at = plus(path, name);
        boolean nothing = inIgnorable(at) || Oracle.isDefault(request, at, value);
        add("remove " + at, changed(path, o -> ((ObjectNode) o).remove(name)), nothing);
        add(
                "rename " + at,
                changed(path, o -> {
                    ObjectNode object = (ObjectNode) o;
                    object.set(name + "_another", object.remove(name));
                }),
                false);
    }

    private static boolean inIgnorable(List<String> path) {
        return !path.isEmpty() && Oracle.isIgnorable(path.subList(0, 1));
    }

    private JsonNode changed(List<String> path, java.util.function.Consumer<JsonNode> change) {
        JsonNode copy = body.deepCopy();
        change.accept(at(copy, path));
        return copy;
    }

    private void add(String description, JsonNode changedBody, boolean equal) {
        found.add(new Mutation(description, changedBody, equal));
    }

    private static JsonNode another(JsonNode scalar) {
        if (scalar.isTextual()) {
            return TextNode.valueOf(scalar.textValue() + "x");
        }
        if (scalar.isNumber()) {
            return DecimalNode.valueOf(scalar.decimalValue().add(new BigDecimal("0.5")));
        }
        return scalar.isBoolean() ? BooleanNode.valueOf(!scalar.booleanValue()) : BooleanNode.TRUE;
    }

    private static List<String> plus(List<String> path, String step) {
        List<String> longer = new ArrayList<>(path);
        longer.add(step);
        return longer;
    }

    private static void collectPayloads(List<String> path, JsonNode value, List<List<String>> paths) {
        if (value.isTextual() && !path.isEmpty() && PAYLOAD_NAMES.contains(path.get(path.size() - 1))) {
            String text = value.textValue();
            String digits = text.startsWith("data:") ? text.substring(text.indexOf(',') + 1) : text;
            if (digits.length() > 100 && digits.matches("[A-Za-z0-9+/]+={0,2}")) {
                paths.add(path);
            }
        }
        if (value.isArray()) {
            for (int i = 0; i < value.size(); i++) {
                collectPayloads(plus(path, "" + i), value.get(i), paths);
            }
        }
        value.properties().forEach(m -> collectPayloads(plus(path, m.getKey()), m.getValue(), paths));
    }

    private static void collectIds(JsonNode value, Set<String> made, Set<String> answered) {
        value.properties().forEach(member -> {
            String name = member.getKey();
            boolean output =
                    value.path("type").asText().endsWith("_output") || value.has("content") || value.has("output");
            if (member.getValue().isTextual() && (name.equals("id") || ANSWERING.contains(name))) {
                boolean answers = ANSWERING.contains(name)
                        && (output || name.equals("tool_use_id") || name.equals("tool_call_id"));
                (answers ? answered : made).add(member.getValue().textValue());
            }
        });
        value.forEach(child -> collectIds(child, made, answered));
    }
}
