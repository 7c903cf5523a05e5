package dev.llmsim.match;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.llmsim.exchange.Bytes;
import dev.llmsim.exchange.Headers;
import dev.llmsim.exchange.Key;
import dev.llmsim.exchange.Request;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Random JSON, from seeds, at paths with and without rules. */
class SpellingTest {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final List<String> NAMES = List.of(
            "a", "b", "é", "", "stream", "n", "messages", "content", "type", "text", "tool_calls", "id", "\"\\");
    private static final List<String> TEXTS = List.of(
            "", "a", "b", "text", "1", "true", "null", "{}", "data:a/b;base64,QUI=", "call#1", "~", "😀", "\u0000");
    private static final List<String> NUMBERS =
            List.of("0", "1", "-1", "1.5", "100", "1e30", "1e-30", "123456789012345678901234567890", "0.1", "7e2");

    @ParameterizedTest
    @ValueSource(strings = {"/v1/whatever", Asked.CHAT, Asked.RESPONSES, Asked.MESSAGES, Asked.GEMINI, Asked.CONVERSE})
    void orderSpacesEscapesAndNotationDoNotCount(String target) {
        Random random = new Random(target.length());
        for (int i = 0; i < 2_000; i++) {
            JsonNode body = object(random, 4);

            assertThat(key(target, Respelling.of(body, random)))
                    .as("%s", body)
                    .isEqualTo(key(target, Respelling.of(body, random)));
        }
    }

    @Test
    void anythingElseCounts() {
        Random random = new Random(7);
        Map<Key, JsonNode> byKey = new HashMap<>();
        for (int i = 0; i < 20_000; i++) {
            JsonNode body = object(random, 3);
            JsonNode before = byKey.putIfAbsent(key("/v1/whatever", Respelling.of(body, random)), body);

            assertThat(before == null || before.equals(body))
                    .as("%s and %s", before, body)
                    .isTrue();
        }
        assertThat(byKey).hasSizeGreaterThan(10_000);
    }

    @Test
    void isPure() {
        Random random = new Random(3);
        Request request = request(Asked.CHAT, Respelling.of(object(random, 5), random));

        assertThat(Normaliser.canonical(request).render())
                .isEqualTo(Normaliser.canonical(request).render());
    }

    private static JsonNode object(Random random, int depth) {
        ObjectNode object = NODES.objectNode();
        for (int i = random.nextInt(5); i > 0; i--) {
            object.set(one(NAMES, random), value(random, depth - 1));
        }
        return object;
    }

    private static JsonNode value(Random random, int depth) {
        return switch (random.nextInt(depth > 0 ? 7 : 4)) {
            case 0 -> NODES.textNode(one(TEXTS, random));
            case 1 -> NODES.numberNode(new BigDecimal(one(NUMBERS, random)).stripTrailingZeros());
            case 2 -> NODES.booleanNode(random.nextBoolean());
            case 3 -> NODES.nullNode();
            case 4 -> array(random, depth);
            default -> object(random, depth);
        };
    }

    private static JsonNode array(Random random, int depth) {
        ArrayNode array = NODES.arrayNode();
        for (int i = random.nextInt(4); i > 0; i--) {
            array.add(value(random, depth - 1));
        }
        return array;
    }

    private static String one(List<String> choices, Random random) {
        return choices.get(random.nextInt(choices.size()));
    }

    private static Key key(String target, String body) {
        return Normaliser.contentKey(request(target, body));
    }

    private static Request request(String target, String body) {
        return new Request("up", "POST", target, Headers.EMPTY, Bytes.utf8(body));
    }
}
