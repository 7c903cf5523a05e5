package dev.llmsim.match;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.llmsim.exchange.Bytes;
import dev.llmsim.exchange.Key;
import dev.llmsim.exchange.Request;
import dev.llmsim.match.Mutations.Mutation;
import dev.llmsim.match.RealTraffic.Recorded;
import java.io.UncheckedIOException;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The normaliser against all recorded requests and an oracle that does not use it. */
class CorpusTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final long SEED = 20261124;

    private static final List<Recorded> WITH_JSON = RealTraffic.ALL.stream()
            .filter(recorded -> Oracle.json(recorded.request()).isPresent())
            .toList();

    @Test
    void twoRequestsShareAKeyExactlyIfTheOracleSaysTheyAreEqual() {
        List<Recorded> all = RealTraffic.ALL;
        List<Key> keys =
                all.stream().map(r -> Normaliser.contentKey(r.request())).toList();
        List<Key> without = all.stream()
                .map(r -> Normaliser.contentKeyWithoutHeaders(r.request()))
                .toList();
        int equalPairs = 0;
        for (int i = 0; i < all.size(); i++) {
            for (int j = i + 1; j < all.size(); j++) {
                boolean equal = Oracle.equal(all.get(i).request(), all.get(j).request());
                equalPairs += equal ? 1 : 0;
                assertThat(keys.get(i).equals(keys.get(j)))
                        .as("%s and %s share a key", all.get(i), all.get(j))
                        .isEqualTo(equal);
                assertThat(without.get(i).equals(without.get(j)))
                        .as("%s and %s share a key without headers", all.get(i), all.get(j))
                        .isEqualTo(equal);
            }
        }
        assertThat(equalPairs).isPositive();
    }

    @Test
    void anyOtherScalarMemberOrElementHasAnotherKey() {
        int tried = 0;
        int expectedEqual = 0;
        Set<String> escaped = new TreeSet<>();
        for (Recorded recorded : WITH_JSON) {
            JsonNode body = recorded.json();
            Key key = Normaliser.contentKey(recorded.request());
            for (Mutation mutation : Mutations.of(recorded.request(), body)) {
                boolean same = key.equals(Normaliser.contentKey(with(recorded.request(), mutation.body())));
                tried++;
                expectedEqual += mutation.equal() ? 1 : 0;
                if (same != mutation.equal()) {
                    escaped.add(recorded + ": " + mutation.description() + (same ? " matched" : " missed"));
                }
            }
        }
        assertThat(escaped).isEmpty();
        assertThat(tried).isGreaterThan(19_000);
        assertThat(expectedEqual).isBetween(100, tried / 20);
    }

    @Test
    void anyOtherByteOfAPayloadHasAnotherKey() {
        int payloads = 0;
        for (Recorded recorded : WITH_JSON) {
            JsonNode body = recorded.json();
            for (List<String> path : Mutations.payloads(body)) {
                payloads++;
                Key key = Normaliser.contentKey(recorded.request());
                String value = Mutations.at(body, path).textValue();
                String head = value.substring(0, value.indexOf(',') + 1);
                byte[] bytes = Base64.getDecoder().decode(value.substring(head.length()));
                for (int i : new int[] {0, bytes.length / 2, bytes.length - 1}) {
                    byte[] flipped = bytes.clone();
                    flipped[i] ^= 1;
                    String text = head + Base64.getEncoder().encodeToString(flipped);
                    assertThat(Normaliser.contentKey(with(recorded.request(), Mutations.set(body, path, text))))
                            .as("%s %s byte %d", recorded, path, i)
                            .isNotEqualTo(key);
                }
                String unpadded = head + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
                assertThat(Normaliser.contentKey(with(recorded.request(), Mutations.set(body, path, unpadded))))
                        .as("%s %s in the other alphabet", recorded, path)
                        .isEqualTo(key);
            }
        }
        assertThat(payloads).isEqualTo(4);
    }

    @Test
    void modelMessageToolAndTemperatureEachCount() {
        Map<String, Integer> changed = new HashMap<>();
        for (Recorded recorded : WITH_JSON) {
            Key key = Normaliser.contentKey(recorded.request());
            countIfAnother(changed, "model", recorded, key, b -> b.has("model") ? b.put("model", "other") : null);
            countIfAnother(changed, "temperature", recorded, key, b -> b.put("temperature", 0.123));
            countIfAnother(changed, "tool", recorded, key, b -> {
                b.withArrayProperty("tools").addObject().put("type", "function").put("name", "another");
                return b;
            });
            countIfAnother(changed, "message", recorded, key, b -> {
                ArrayNode turns = turns(b);
                return turns == null ? null : appended(b, turns);
            });
        }
        assertThat(changed.get("model")).isGreaterThan(110);
        assertThat(changed.get("message")).isGreaterThan(150);
        assertThat(changed.get("tool")).isGreaterThan(150);
        assertThat(changed.get("temperature")).isGreaterThan(150);
    }

    @Test
    void anImageAddedToAnyConversationCountsByItsBytes() {
        int tried = 0;
        for (Recorded recorded : WITH_JSON) {
            ArrayNode turns = turns((ObjectNode) recorded.json());
            if (turns != null) {
                Request one = withImage(recorded, "data:image/png;base64,iVBORw0KGgo=");
                Request same = withImage(recorded, "data:image/png;base64,iVBORw0KGgo=");
                Request other = withImage(recorded, "data:image/png;base64,iVBORw0KGgs=");

                assertThat(Normaliser.contentKey(one))
                        .as("%s with an image", recorded)
                        .isEqualTo(Normaliser.contentKey(same))
                        .isNotEqualTo(Normaliser.contentKey(other))
                        .isNotEqualTo(Normaliser.contentKey(recorded.request()));
                tried++;
            }
        }
        assertThat(tried).isGreaterThan(140);
    }

    @Test
    void anyOtherRouteHasAnotherKey() {
        for (Recorded recorded : RealTraffic.ALL) {
            Request r = recorded.request();
            Key key = Normaliser.contentKey(r);
            String more = r.query().isEmpty() ? "?" : "&";

            assertThat(key)
                    .as("%s", recorded)
                    .isEqualTo(Normaliser.contentKey(at(r, r.method(), r.target() + more + "key=AIzaSy")))
                    .isNotEqualTo(Normaliser.contentKey(at(r, r.method(), r.target() + more + "other=1")))
                    .isNotEqualTo(Normaliser.contentKey(at(r, "PUT", r.target())))
                    .isNotEqualTo(Normaliser.contentKey(at(r, r.method(), "/v9" + r.target())));
        }
    }

    @Test
    void spellingOfJsonDoesNotCount() {
        Random random = new Random(SEED);
        int respelled = 0;
        for (Recorded recorded : WITH_JSON) {
            JsonNode body = recorded.json();
            Bytes spelling = Bytes.utf8(Respelling.of(body, random));
            respelled += spelling.equals(recorded.request().body()) ? 0 : 1;
            assertThat(Normaliser.contentKey(recorded.request().withBody(spelling)))
                    .as("%s as %s", recorded, spelling.utf8())
                    .isEqualTo(Normaliser.contentKey(recorded.request()));
        }
        assertThat(respelled).isGreaterThan(160);
    }

    @Test
    void callIdsMayBeRenamedTogetherButNotApart() {
        int renamed = 0;
        for (Recorded recorded : WITH_JSON) {
            JsonNode body = recorded.json();
            for (String id : Mutations.callIds(body)) {
                renamed++;
                Request r = recorded.request();
                String text = r.body().utf8();
                String quoted = "\"" + id + "\"";
                Key key = Normaliser.contentKey(r);

                assertThat(Normaliser.contentKey(r.withBody(Bytes.utf8(text.replace(quoted, "\"another\"")))))
                        .as("%s %s", recorded, id)
                        .isEqualTo(key);
                String once = text.replaceFirst(java.util.regex.Pattern.quote(quoted), "\"another\"");
                assertThat(Normaliser.contentKey(r.withBody(Bytes.utf8(once))))
                        .as("%s %s once", recorded, id)
                        .isNotEqualTo(key);
            }
        }
        assertThat(renamed).isGreaterThanOrEqualTo(20);
    }

    private static void countIfAnother(
            Map<String, Integer> changed,
            String what,
            Recorded recorded,
            Key key,
            Function<ObjectNode, @Nullable ObjectNode> change) {
        ObjectNode body =
                change.apply(Oracle.json(recorded.request()).orElseThrow().deepCopy());
        if (body != null) {
            assertThat(Normaliser.contentKey(with(recorded.request(), body)))
                    .as("%s with another %s", recorded, what)
                    .isNotEqualTo(key);
            changed.merge(what, 1, Integer::sum);
        }
    }

    private static @Nullable ArrayNode turns(ObjectNode body) {
        for (String name : List.of("messages", "input", "contents")) {
            if (body.get(name) instanceof ArrayNode turns && turns.get(0) instanceof ObjectNode) {
                return turns;
            }
        }
        return null;
    }

    private static ObjectNode appended(ObjectNode body, ArrayNode turns) {
        ((ObjectNode) turns.get(turns.size() - 1)).put("another", "text");
        return body;
    }

    private static Request withImage(Recorded recorded, String url) {
        ObjectNode body = recorded.json().deepCopy();
        ObjectNode turn = JSON.createObjectNode().put("role", "user");
        turn.putArray("content")
                .addObject()
                .put("type", "image_url")
                .putObject("image_url")
                .put("url", url);
        Objects.requireNonNull(turns(body)).add(turn);
        return with(recorded.request(), body);
    }

    private static Request at(Request request, String method, String target) {
        return new Request(request.upstream(), method, target, request.headers(), request.body());
    }

    private static Request with(Request request, JsonNode body) {
        try {
            return request.withBody(Bytes.wrap(JSON.writeValueAsBytes(body)));
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }
}
