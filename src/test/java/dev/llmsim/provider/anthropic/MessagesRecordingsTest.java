package dev.llmsim.provider.anthropic;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.llmsim.provider.conversation.Choice;
import dev.llmsim.provider.conversation.Content;
import dev.llmsim.provider.conversation.Finish;
import dev.llmsim.provider.conversation.Reply;
import dev.llmsim.provider.conversation.Usage;
import dev.llmsim.provider.simulation.FixedEngine;
import dev.llmsim.provider.simulation.Json;
import dev.llmsim.traffic.RealTraffic;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The recorded requests, answered with what the model had said, have to give the recorded answers. */
class MessagesRecordingsTest {
    private static final Set<String> OURS = Set.of("text", "thinking", "tool_use");

    /** Members that the service began to send between one recording and another. */
    private static final List<String> NEWER =
            List.of("stop_details", "inference_geo", "caller", "output_tokens_details", "container", "server_tool_use");

    private static Stream<RealTraffic.Interaction> all() {
        return RealTraffic.all().stream().filter(one -> one.uri().startsWith("https://api.anthropic.com/v1/messages?"));
    }

    static Stream<RealTraffic.Interaction> wholes() {
        List<RealTraffic.Interaction> wholes =
                all().filter(one -> !isStream(one)).toList();
        assertThat(wholes).hasSizeGreaterThanOrEqualTo(10);
        return wholes.stream();
    }

    static Stream<RealTraffic.Interaction> streams() {
        List<RealTraffic.Interaction> streams =
                all().filter(MessagesRecordingsTest::isStream).toList();
        assertThat(streams).hasSize(5);
        return streams.stream();
    }

    @ParameterizedTest
    @MethodSource("wholes")
    void aMessageHasTheRecordedMembersAndValues(RealTraffic.Interaction recorded) {
        JsonNode real = Asked.parsed(recorded.body().utf8());
        Asked ours = Asked.post(
                FixedEngine.answering(prompt -> reply(real)),
                "/v1/messages?beta=true",
                recorded.requestBody().utf8());

        assertThat(sorted(comparable(ours.json()))).isEqualTo(sorted(comparable(real)));
        assertThat(ours.answer().headers().first("content-type")).contains("application/json");
    }

    @ParameterizedTest
    @MethodSource("streams")
    void aStreamHasTheRecordedEvents(RealTraffic.Interaction recorded) {
        List<JsonNode> real = Asked.events(recorded.body().utf8());
        Asked ours = Asked.post(
                FixedEngine.answering(prompt -> reply(real)),
                "/v1/messages?beta=true",
                recorded.requestBody().utf8());

        assertThat(comparable(ours.events())).containsExactlyElementsOf(comparable(ourKind(real)));
        assertThat(ours.answer().headers().first("content-type"))
                .isEqualTo(recorded.headers().first("content-type"));
        assertThat(ours.events().get(2).path("type").asText()).isEqualTo("ping");
    }

    @Test
    void theNewestRecordingHasOurMembersInOurOrder() {
        RealTraffic.Interaction recorded = all().filter(
                        one -> one.file().contains("test_anthropic_code_execution_tool_stream"))
                .findFirst()
                .orElseThrow();
        List<JsonNode> real = Asked.events(recorded.body().utf8());
        List<JsonNode> ours = Asked.post(
                        FixedEngine.answering(prompt -> reply(real)),
                        "/v1/messages",
                        recorded.requestBody().utf8())
                .events();

        assertThat(shape(ours.get(0))).isEqualTo(shape(real.get(0)));
        ObjectNode end = real.get(real.size() - 2).deepCopy();
        ((ObjectNode) end.path("delta")).remove("container");
        ((ObjectNode) end.path("usage")).remove("server_tool_use");
        assertThat(ours.get(ours.size() - 2).toString()).isEqualTo(end.toString());
    }

    private static boolean isStream(RealTraffic.Interaction one) {
        return one.headers().first("content-type").orElse("").startsWith("text/event-stream");
    }

    /** The members in their order, with the types of their values. */
    private static String shape(JsonNode node) {
        if (!node.isObject()) {
            return node.getNodeType().toString();
        }
        StringBuilder shape = new StringBuilder("{");
        node.properties()
                .forEach(member -> shape.append(member.getKey()).append(':').append(shape(member.getValue())));
        return shape.append('}').toString();
    }

    /** Without the blocks of the service's own tools. */
    private static List<JsonNode> ourKind(List<JsonNode> events) {
        Map<Integer, Integer> indexes = new TreeMap<>();
        List<JsonNode> kept = new ArrayList<>();
        for (JsonNode event : events) {
            JsonNode block = event.path("content_block");
            if (OURS.contains(block.path("type").asText()) && !block.has("citations")) {
                indexes.put(event.path("index").asInt(), indexes.size());
            }
            if (!event.has("index")) {
                kept.add(event);
            } else if (indexes.containsKey(event.path("index").asInt()) && !isEmptyThought(event)) {
                kept.add(((ObjectNode) event.deepCopy())
                        .put("index", indexes.get(event.path("index").asInt())));
            }
        }
        return kept;
    }

    /** One of the recordings has one, before the signature. */
    private static boolean isEmptyThought(JsonNode event) {
        return event.path("delta").path("thinking").asText("-").isEmpty();
    }

    /** Without pings, which come when they like. */
    private static List<String> comparable(List<JsonNode> events) {
        return events.stream()
                .filter(event -> !event.path("type").asText().equals("ping"))
                .map(event -> {
                    ObjectNode copy = comparable(event);
                    if (copy.path("delta").has("signature")) {
                        ((ObjectNode) copy.path("delta")).put("signature", "-");
                    }
                    if (copy.path("message").isObject()) {
                        ObjectNode message = comparable(copy.path("message"));
                        ((ObjectNode) message.path("usage")).put("output_tokens", 0);
                        ((ObjectNode) message.path("usage")).put("input_tokens", 0);
                        Map<String, JsonNode> members = new TreeMap<>();
                        message.properties().forEach(member -> members.put(member.getKey(), member.getValue()));
                        return members.toString();
                    }
                    return copy.toString();
                })
                .toList();
    }

    /** Without what differs from call to call, or from time to time. */
    private static ObjectNode comparable(JsonNode json) {
        ObjectNode copy = json.deepCopy();
        without(copy);
        if (copy.has("id")) {
            assertThat(copy.path("id").asText()).matches("msg_01[A-Za-z0-9]{22}");
            copy.put("id", "-").put("model", "-");
        }
        return copy;
    }

    private static void without(JsonNode node) {
        if (node instanceof ObjectNode object) {
            object.remove(NEWER);
        }
        node.forEach(MessagesRecordingsTest::without);
    }

    /** Recordings of whole answers were kept with their members sorted. */
    private static JsonNode sorted(JsonNode node) {
        if (node.isObject()) {
            ObjectNode sorted = Json.object();
            Map<String, JsonNode> members = new TreeMap<>();
            node.properties().forEach(member -> members.put(member.getKey(), sorted(member.getValue())));
            sorted.setAll(members);
            return sorted;
        }
        if (node.isArray()) {
            var sorted = Json.object().arrayNode();
            node.forEach(element -> sorted.add(sorted(element)));
            return sorted;
        }
        return node;
    }

    private static Reply reply(JsonNode message) {
        List<Content> contents = new ArrayList<>();
        message.path("content").forEach(block -> contents.add(content(block, List.of(said(block)))));
        return new Reply(List.of(new Choice(contents, finish(message))), usage(message.path("usage")));
    }

    private static Reply reply(List<JsonNode> events) {
        List<Content> contents = new ArrayList<>();
        List<String> tokens = new ArrayList<>();
        JsonNode begun = Json.object();
        for (JsonNode event : ourKind(events)) {
            switch (event.path("type").asText()) {
                case "content_block_start" -> {
                    begun = event.path("content_block");
                    tokens.clear();
                }
                case "content_block_delta" -> {
                    String said = said(event.path("delta"));
                    if (!said.isEmpty()) {
                        tokens.add(said);
                    }
                }
                case "content_block_stop" -> contents.add(content(begun, tokens));
                default -> {}
            }
        }
        JsonNode end = events.get(events.size() - 2);
        return new Reply(List.of(new Choice(contents, finish(end.path("delta")))), usage(end.path("usage")));
    }

    private static Content content(JsonNode block, List<String> tokens) {
        return switch (block.path("type").asText()) {
            case "tool_use" ->
                new Content.ToolCall(
                        block.path("id").asText(), block.path("name").asText(), tokens);
            case "thinking" -> new Content.Thought(tokens, tokens.size());
            default -> new Content.Text(tokens);
        };
    }

    private static String said(JsonNode json) {
        return json.has("input")
                ? json.path("input").toString()
                : json.path("text").asText("")
                        + json.path("thinking").asText("")
                        + json.path("partial_json").asText("");
    }

    private static Finish finish(JsonNode message) {
        return message.path("stop_reason").asText().equals("tool_use") ? Finish.TOOL_CALLS : Finish.STOP;
    }

    private static Usage usage(JsonNode usage) {
        int read = usage.path("cache_read_input_tokens").asInt();
        int written = usage.path("cache_creation_input_tokens").asInt();
        int prompt = usage.path("input_tokens").asInt() + read + written;
        return new Usage(prompt, usage.path("output_tokens").asInt(), 0, read, written);
    }
}
