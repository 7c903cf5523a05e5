package dev.llmsim.match;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.llmsim.exchange.Request;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Says whether two recorded requests mean the same, written by hand and without the normaliser: the same route, and the same
 * parsed JSON but for a short list of members.
 */
final class Oracle {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** Members of the top level that may differ. */
    private static final Set<String> IGNORABLE =
            Set.of("user", "metadata", "safety_identifier", "prompt_cache_key", "requestMetadata");

    private Oracle() {}

    static boolean equal(Request one, Request other) {
        return one.method().equals(other.method())
                && decoded(one.path()).equals(decoded(other.path()))
                && query(one).equals(query(other))
                && sameBody(one, other);
    }

    static boolean isIgnorable(List<String> path) {
        return path.size() == 1 && IGNORABLE.contains(path.get(0));
    }

    /** Whether {@code value} at {@code path} says what its absence says. */
    static boolean isDefault(Request request, List<String> path, JsonNode value) {
        String target = request.path();
        if (path.equals(List.of("stream")) && !target.startsWith("/api/chat")) {
            return value.isBoolean() && !value.booleanValue() && !target.startsWith("/v2/embed");
        }
        boolean chat = target.endsWith("/chat/completions");
        if (chat && (path.equals(List.of("frequency_penalty")) || path.equals(List.of("presence_penalty")))) {
            return value.isNumber() && value.doubleValue() == 0;
        }
        if (chat && path.equals(List.of("n"))) {
            return value.isNumber() && value.doubleValue() == 1;
        }
        boolean item =
                target.endsWith("/responses") && path.size() == 3 && path.get(0).equals("input");
        return item && path.get(2).equals("type") && value.asText().equals("message");
    }

    static Optional<JsonNode> json(Request request) {
        String text = request.body().utf8();
        if (!text.startsWith("{")) {
            return Optional.empty();
        }
        try {
            return Optional.of(JSON.readTree(text));
        } catch (IOException notJson) {
            return Optional.empty();
        }
    }

    private static boolean sameBody(Request one, Request other) {
        Optional<JsonNode> left = json(one);
        Optional<JsonNode> right = json(other);
        return (left.isPresent() && right.isPresent())
                ? new SameTree(left.get(), right.get()).compare()
                : one.body().equals(other.body());
    }

    /** Two bodies side by side: equal but for ignorable members and for ids of calls, which may differ one to one. */
    private static final class SameTree {
        private final JsonNode left;
        private final JsonNode right;
        private final Set<String> leftIds;
        private final Set<String> rightIds;
        private final Map<String, String> rightByLeft = new HashMap<>();
        private final Map<String, String> leftByRight = new HashMap<>();

        SameTree(JsonNode left, JsonNode right) {
            this.left = stripped(left);
            this.right = stripped(right);
            this.leftIds = Mutations.callIds(left);
            this.rightIds = Mutations.callIds(right);
        }

        boolean compare() {
            return same("", left, right);
        }

        private boolean same(String name, JsonNode one, JsonNode other) {
            if (one.isContainerNode() || other.isContainerNode()) {
                return one.getNodeType() == other.getNodeType()
                        && one.size() == other.size()
                        && sameChildren(one, other);
            }
            if (one.isNumber() && other.isNumber()) {
                return one.decimalValue().compareTo(other.decimalValue()) == 0;
            }
            boolean ids = name.equals("id") || name.endsWith("_id") || name.endsWith("Id");
            return (ids && leftIds.contains(one.asText()) && rightIds.contains(other.asText()))
                    ? paired(one.asText(), other.asText())
                    : one.equals(other);
        }

        private boolean sameChildren(JsonNode one, JsonNode other) {
            for (int i = 0; one.isArray() && i < one.size(); i++) {
                if (!same("", one.get(i), other.get(i))) {
                    return false;
                }
            }
            for (Map.Entry<String, JsonNode> member : one.properties()) {
                JsonNode counterpart = other.get(member.getKey());
                if (counterpart == null || !same(member.getKey(), member.getValue(), counterpart)) {
                    return false;
                }
            }
            return true;
        }

        private boolean paired(String one, String other) {
            return rightByLeft.computeIfAbsent(one, unused -> other).equals(other)
                    && leftByRight.computeIfAbsent(other, unused -> one).equals(one);
        }
    }

    private static JsonNode stripped(JsonNode body) {
        ObjectNode copy = body.deepCopy();
        copy.remove(IGNORABLE);
        return copy;
    }

    private static String decoded(String path) {
        return URLDecoder.decode(path.replace("+", "%2B"), StandardCharsets.UTF_8);
    }

    private static List<String> query(Request request) {
        return Arrays.stream(request.query().split("&"))
                .filter(pair -> !pair.startsWith("key="))
                .sorted()
                .toList();
    }
}
