package dev.llmsim.provider.bedrock;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.llmsim.exchange.Frame;
import dev.llmsim.provider.conversation.Choice;
import dev.llmsim.provider.conversation.Content;
import dev.llmsim.provider.conversation.Finish;
import dev.llmsim.provider.conversation.Reply;
import dev.llmsim.provider.conversation.Usage;
import dev.llmsim.provider.framing.EventStreamMessage;
import dev.llmsim.provider.framing.Framer;
import dev.llmsim.provider.framing.Framers;
import dev.llmsim.provider.simulation.FixedEngine;
import dev.llmsim.provider.simulation.Json;
import dev.llmsim.traffic.RealTraffic;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The recorded requests, answered with what the model had said, have to give the recorded answers. */
class ConverseRecordingsTest {
    static Stream<RealTraffic.Interaction> wholes() {
        return recorded("/converse", 12);
    }

    static Stream<RealTraffic.Interaction> streams() {
        return recorded("/converse-stream", 4);
    }

    private static Stream<RealTraffic.Interaction> recorded(String end, int count) {
        List<RealTraffic.Interaction> recorded = RealTraffic.all().stream()
                .filter(one -> one.uri().startsWith("https://bedrock-runtime.")
                        && one.uri().endsWith(end))
                .toList();
        assertThat(recorded).hasSize(count);
        return recorded.stream();
    }

    @ParameterizedTest
    @MethodSource("wholes")
    void anAnswerIsTheRecordedOne(RealTraffic.Interaction recorded) {
        JsonNode real = Asked.read(recorded.body());

        Asked ours = ask(recorded, reply(real));

        assertThat(Json.text(comparable(ours.json()))).isEqualTo(Json.text(comparable(real)));
        assertThat(ours.header("content-type")).isEqualTo("application/json");
    }

    @ParameterizedTest
    @MethodSource("streams")
    void aStreamHasTheRecordedEvents(RealTraffic.Interaction recorded) {
        List<Asked.Event> real = ourKind(Asked.events(recorded.body()));

        Asked ours = ask(recorded, reply(real));

        assertThat(comparable(ours.events())).containsExactlyElementsOf(comparable(real));
        assertThat(ours.header("content-type"))
                .isEqualTo(recorded.headers().first("content-type").orElseThrow());
    }

    /** A recorded event that we had sent, with the padding that it has, would have had the very same bytes. */
    @ParameterizedTest
    @MethodSource("streams")
    void eventsAreEncodedToTheRecordedBytes(RealTraffic.Interaction recorded) {
        Framer framer = Framers.forContentType(EventStreamMessage.MEDIA_TYPE);
        for (Frame frame : framer.feed(recorded.body(), 0)) {
            EventStreamMessage real = EventStreamMessage.parse(frame.bytes()).orElseThrow();
            String type = real.text(":event-type").orElseThrow();

            assertThat(EventStreamMessage.event(type, real.payload()).encode()).isEqualTo(frame.bytes());
            assertThat(Json.write(Asked.read(real.payload()))).isEqualTo(real.payload());
        }
    }

    private static Asked ask(RealTraffic.Interaction recorded, Reply reply) {
        String path = recorded.uri().substring(recorded.uri().indexOf("/model/") + "/model/".length());
        int slash = path.lastIndexOf('/');
        return Asked.post(
                FixedEngine.answering(prompt -> reply),
                path.substring(0, slash),
                path.substring(slash + 1),
                recorded.requestBody().utf8());
    }

    /** Without the blocks of the service's own tools. */
    private static List<Asked.Event> ourKind(List<Asked.Event> events) {
        Map<Integer, Integer> indexes = new TreeMap<>();
        List<Asked.Event> kept = new ArrayList<>();
        int ours = 0;
        for (Asked.Event event : events) {
            JsonNode payload = event.payload();
            int index = payload.path("contentBlockIndex").asInt(-1);
            boolean isTheirs = payload.at("/start/toolResult").isObject()
                    || payload.at("/start/toolUse/type").asText().equals("server_tool_use");
            if (index >= 0 && !indexes.containsKey(index)) {
                indexes.put(index, isTheirs ? -1 : ours++);
            }
            if (index < 0) {
                kept.add(event);
            } else if (indexes.getOrDefault(index, -1) >= 0) {
                ObjectNode renumbered = payload.deepCopy();
                kept.add(new Asked.Event(event.type(), renumbered.put("contentBlockIndex", indexes.get(index))));
            }
        }
        return kept;
    }

    /** Without what differs from call to call, or from time to time. */
    private static List<String> comparable(List<Asked.Event> events) {
        return events.stream()
                .map(event -> event.type() + comparable(event.payload()))
                .toList();
    }

    private static JsonNode comparable(JsonNode payload) {
        ObjectNode copy = (ObjectNode) sorted(payload);
        assertThat(copy.path("p").asText("abc")).matches("a(bc?.*)?");
        copy.remove(List.of("p", "metrics"));
        if (copy.path("usage") instanceof ObjectNode usage) {
            usage.remove("serverToolUsage");
        }
        withoutSignatures(copy);
        // The version of the API that this stream was recorded of named the type of a tool use, also for Nova.
        if (copy.at("/start/toolUse") instanceof ObjectNode use) {
            use.remove("type");
        }
        if (copy.at("/delta/reasoningContent") instanceof ObjectNode delta && delta.has("signature")) {
            delta.put("signature", "-");
        }
        // Claude's own counts of the cache came later than the oldest recording.
        if (copy.path("usage") instanceof ObjectNode usage
                && usage.path("cacheReadInputTokens").asInt() == 0) {
            usage.remove(List.of(
                    "cacheReadInputTokenCount",
                    "cacheReadInputTokens",
                    "cacheWriteInputTokenCount",
                    "cacheWriteInputTokens"));
        }
        return copy;
    }

    private static void withoutSignatures(JsonNode node) {
        for (JsonNode child : node) {
            if (child instanceof ObjectNode object && object.has("signature") && object.has("text")) {
                object.put("signature", "-");
            }
            withoutSignatures(child);
        }
    }

    private static JsonNode sorted(JsonNode node) {
        if (node.isObject()) {
            Map<String, JsonNode> members = new TreeMap<>();
            node.properties().forEach(member -> members.put(member.getKey(), sorted(member.getValue())));
            return Json.object().setAll(members);
        }
        if (node.isArray()) {
            ArrayNode sorted = Json.object().arrayNode();
            node.forEach(element -> sorted.add(sorted(element)));
            return sorted;
        }
        return node;
    }

    private static Reply reply(JsonNode whole) {
        List<Content> contents = new ArrayList<>();
        whole.at("/output/message/content").forEach(block -> contents.add(content(block, List.of(said(block)))));
        return new Reply(List.of(new Choice(contents, finish(whole.path("stopReason")))), usage(whole.path("usage")));
    }

    private static Reply reply(List<Asked.Event> events) {
        List<Content> contents = new ArrayList<>();
        List<String> tokens = new ArrayList<>();
        JsonNode block = Json.object();
        Finish finish = Finish.STOP;
        Usage usage = new Usage(0, 0, 0, 0, 0);
        for (Asked.Event event : events) {
            JsonNode payload = event.payload();
            switch (event.type()) {
                case "contentBlockStart" -> block = payload.path("start");
                case "contentBlockDelta" -> {
                    block = block.isEmpty() ? payload.path("delta") : block;
                    String said = said(payload.path("delta"));
                    if (!said.isEmpty()) {
                        tokens.add(said);
                    }
                }
                case "contentBlockStop" -> {
                    contents.add(content(block, tokens));
                    tokens.clear();
                    block = Json.object();
                }
                case "messageStop" -> finish = finish(payload.path("stopReason"));
                case "metadata" -> usage = usage(payload.path("usage"));
                default -> {}
            }
        }
        return new Reply(List.of(new Choice(contents, finish)), usage);
    }

    private static Content content(JsonNode block, List<String> tokens) {
        if (block.has("toolUse")) {
            JsonNode use = block.path("toolUse");
            return new Content.ToolCall(
                    use.path("toolUseId").asText(), use.path("name").asText(), tokens);
        }
        return block.has("reasoningContent") ? new Content.Thought(tokens, tokens.size()) : new Content.Text(tokens);
    }

    private static String said(JsonNode block) {
        JsonNode input = block.at("/toolUse/input");
        if (!input.isMissingNode()) {
            return input.isTextual() ? input.textValue() : Json.text(input);
        }
        return block.path("text").asText("")
                + block.at("/reasoningContent/text").asText("")
                + block.at("/reasoningContent/reasoningText/text").asText("");
    }

    private static Finish finish(JsonNode reason) {
        return reason.asText().equals("tool_use") ? Finish.TOOL_CALLS : Finish.STOP;
    }

    private static Usage usage(JsonNode usage) {
        int read = usage.path("cacheReadInputTokens").asInt();
        int written = usage.path("cacheWriteInputTokens").asInt();
        int prompt = usage.path("inputTokens").asInt() + read + written;
        return new Usage(prompt, usage.path("outputTokens").asInt(), 0, read, written);
    }
}
