package dev.llmsim;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.llmsim.cassette.Cassette;
import dev.llmsim.cassette.CassetteFiles;
import dev.llmsim.cassette.importing.Corpus;
import dev.llmsim.mode.Mode;
import dev.llmsim.provider.Upstreams;
import dev.llmsim.timing.Pace;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.assertj.core.api.SoftAssertions;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real requests with one thing changed: none of them is answered, and each is told what comes nearest. */
class CorpusMissTest {
    private static final Set<String> MODELS = Set.of("model");
    private static final Set<String> TEMPERATURES = Set.of("temperature");
    private static final Set<String> TEXTS = Set.of("text", "content");
    private static final Set<String> IMAGES = Set.of("image_url", "url", "bytes", "fileUri", "uri", "file_data");

    @TempDir
    static Path folder;

    private static @Nullable LlmSim gatewayOrNull;

    @BeforeAll
    static void replayTheCorpus() {
        for (Cassette cassette : new Assembly(Upstreams.wellKnown(), Map.of())
                .importer()
                .read(Corpus.FOLDER)
                .cassettes()) {
            CassetteFiles.write(folder, cassette);
        }
        gatewayOrNull = LlmSim.builder(Mode.REPLAY)
                .files(List.of(folder))
                .pace(Pace.INSTANT)
                .start();
    }

    @AfterAll
    static void close() {
        gateway().close();
    }

    @Test
    void anotherModel() throws Exception {
        int inBodies = missesAfter(asked -> changed(asked, body -> scalar(body, MODELS, "-another")));
        int inPaths = missesAfter(asked -> Optional.of(asked)
                .filter(any -> asked.target().matches("/(v1beta/models|model)/.*"))
                .map(any -> new Conversation.Asked(
                        asked.upstream(),
                        asked.method(),
                        asked.target().replaceFirst("(models?/)([^/:?]+)", "$1$2-another"),
                        asked.headers(),
                        asked.body())));

        assertThat(List.of(inBodies, inPaths)).containsExactly(127, 35);
    }

    @Test
    void anotherMessage() throws Exception {
        assertThat(missesAfter(asked -> changed(
                        asked, body -> messages(body).flatMap(messages -> scalar(messages, TEXTS, " And why?")))))
                .isEqualTo(159);
    }

    @Test
    void oneMoreTool() throws Exception {
        assertThat(missesAfter(asked -> changed(
                        asked,
                        body -> tools(body).map(tools -> {
                            JsonNode another = tools.get(0).deepCopy();
                            scalar(another, Set.of("name"), "_another");
                            return tools.add(another);
                        }))))
                .isEqualTo(86);
    }

    @Test
    void anotherTemperature() throws Exception {
        assertThat(missesAfter(asked -> changed(asked, body -> scalar(body, TEMPERATURES, ""))))
                .isEqualTo(3);
    }

    @Test
    void aFirstTemperature() throws Exception {
        assertThat(missesAfter(asked -> changed(
                        asked,
                        body -> Optional.of(body)
                                .filter(whole -> messages(whole).isPresent())
                                .map(whole -> ((ObjectNode) whole).put("temperature", 0.37)))))
                .isEqualTo(159);
    }

    @Test
    void anotherImageOrFile() throws Exception {
        assertThat(missesAfter(asked ->
                        changed(asked, body -> messages(body).flatMap(messages -> scalar(messages, IMAGES, "AAAA")))))
                .isEqualTo(9);
    }

    private static LlmSim gateway() {
        return Objects.requireNonNull(gatewayOrNull);
    }

    private interface Change {
        Optional<? extends JsonNode> in(JsonNode body);
    }

    /** How many requests of the corpus {@code change} applies to; each of them is asserted to miss. */
    private static int missesAfter(Function<Conversation.Asked, Optional<Conversation.Asked>> change)
            throws IOException, InterruptedException {
        SoftAssertions soft = new SoftAssertions();
        int misses = 0;
        for (Conversation conversation : Conversation.all()) {
            for (Conversation.Turn turn : conversation.turns()) {
                Optional<Conversation.Asked> changed = change.apply(turn.asked());
                if (changed.isPresent()) {
                    misses++;
                    assertMiss(changed.get(), conversation.file().toString(), soft);
                }
            }
        }
        soft.assertAll();
        return misses;
    }

    private static void assertMiss(Conversation.Asked asked, String file, SoftAssertions soft)
            throws IOException, InterruptedException {
        HttpResponse<byte[]> answer = Asking.ask(gateway(), asked);
        String what = file + " " + asked.target() + " " + asked.body().utf8();
        soft.assertThat(answer.statusCode()).as(what).isEqualTo(424);
        soft.assertThat(Asking.header(answer, "x-should-retry")).as(what).isEqualTo("false");
        soft.assertThat(Asking.header(answer, "x-llmsim-source")).as(what).isEqualTo("gateway");
        soft.assertThat(message(asked.upstream(), Conversation.JSON.readTree(answer.body())))
                .as(what)
                .containsPattern("Nearest recording: [a-z]+\\.test_\\S+/[a-z-]+-[0-9a-f]{8}")
                .contains("First difference: ", "Remedy: ");
    }

    /** Where the envelope of the upstream's dialect has its message; empty if the envelope is another. */
    private static String message(String upstream, JsonNode body) {
        boolean right = switch (upstream) {
            case "anthropic" ->
                body.path("type").asText().equals("error")
                        && body.at("/error/type").asText().equals("invalid_request_error");
            case "gemini" ->
                body.at("/error/code").asInt() == 424
                        && body.at("/error/status").asText().equals("FAILED_PRECONDITION");
            case "bedrock", "cohere" -> names(body).equals(Set.of("message"));
            default -> body.at("/error/type").asText().equals("invalid_request_error");
        };
        return !right
                ? ""
                : body.has("message")
                        ? body.get("message").asText()
                        : body.at("/error/message").asText();
    }

    private static Set<String> names(JsonNode object) {
        Set<String> names = new TreeSet<>();
        object.fieldNames().forEachRemaining(names::add);
        return names;
    }

    private static Optional<Conversation.Asked> changed(Conversation.Asked asked, Change change) {
        if (!asked.body().utf8().startsWith("{")) {
            return Optional.empty();
        }
        try {
            JsonNode body = Conversation.JSON.readTree(asked.body().toArray());
            return change.in(body).isPresent() ? Optional.of(asked.withBody(body)) : Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Optional<JsonNode> messages(JsonNode body) {
        return List.of("messages", "input", "contents").stream()
                .map(body::get)
                .filter(found -> found != null && found.isArray())
                .findFirst();
    }

    private static Optional<ArrayNode> tools(JsonNode body) {
        return List.of("/tools", "/toolConfig/tools").stream()
                .map(body::at)
                .filter(found -> found.isArray() && !found.isEmpty())
                .map(ArrayNode.class::cast)
                .findFirst();
    }

    /** Changes the first text or number under one of {@code names}, in the order of the document. */
    private static Optional<JsonNode> scalar(JsonNode node, Set<String> names, String more) {
        for (Map.Entry<String, JsonNode> member : node.properties()) {
            JsonNode value = member.getValue();
            if (names.contains(member.getKey()) && value.isValueNode() && !value.isNull()) {
                ((ObjectNode) node).set(member.getKey(), another(value, more));
                return Optional.of(node);
            }
        }
        for (JsonNode child : node) {
            Optional<JsonNode> found = scalar(child, names, more);
            if (found.isPresent()) {
                return found;
            }
        }
        return Optional.empty();
    }

    private static JsonNode another(JsonNode value, String more) {
        return value.isNumber()
                ? Conversation.JSON.getNodeFactory().numberNode(value.doubleValue() + 0.25)
                : TextNode.valueOf(value.textValue() + more);
    }
}
