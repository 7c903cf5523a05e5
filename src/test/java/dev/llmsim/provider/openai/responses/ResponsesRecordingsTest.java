package dev.llmsim.provider.openai.responses;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.llmsim.provider.conversation.Choice;
import dev.llmsim.provider.conversation.Content;
import dev.llmsim.provider.conversation.Finish;
import dev.llmsim.provider.conversation.Reply;
import dev.llmsim.provider.conversation.Usage;
import dev.llmsim.provider.simulation.FixedEngine;
import dev.llmsim.provider.simulation.SurfaceAnswer;
import dev.llmsim.traffic.RealTraffic;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The recorded requests, answered with what was recorded, have to give what was recorded. */
class ResponsesRecordingsTest {
    /** Defaults that differ from model to model, and what came or went between the recordings. */
    private static final Set<String> VARYING =
            Set.of("moderation", "billing", "top_p", "prompt_cache_retention", "reasoning", "tools", "output_text");

    /** The service's own tools, which are not simulated. */
    private static final List<String> OWN_TOOLS = List.of("web_search_call", "mcp_", "\"type\":\"tool_search_call\"");

    private static Stream<RealTraffic.Interaction> recordings() {
        return RealTraffic.all().stream()
                .filter(one -> one.uri().equals("https://api.openai.com/v1/responses"))
                .filter(one -> OWN_TOOLS.stream().noneMatch(one.body().utf8()::contains));
    }

    /** In the order of members that the service has since the end of 2025. */
    static Stream<RealTraffic.Interaction> streams() {
        List<RealTraffic.Interaction> streams = recordings()
                .filter(one -> one.body().utf8().contains("event: response.completed"))
                .toList();
        assertThat(streams).hasSize(4);
        return streams.stream();
    }

    /** Whole ones, as the service has written them since the beginning of 2026. */
    static Stream<RealTraffic.Interaction> wholes() {
        List<RealTraffic.Interaction> wholes = recordings()
                .filter(one -> one.body().utf8().contains("\"frequency_penalty\""))
                .filter(one -> one.body().utf8().startsWith("{"))
                .toList();
        assertThat(wholes).hasSize(5);
        return wholes.stream();
    }

    @ParameterizedTest
    @MethodSource("streams")
    void streamsHaveTheEventsAndTheirMembersInOrder(RealTraffic.Interaction recorded) {
        List<JsonNode> real = Asked.events(recorded.body().utf8());
        Reply said = reply(real.get(real.size() - 1).path("response"), real);

        Asked ours = answered(recorded, said);

        assertThat(ours.events().stream().map(ResponsesRecordingsTest::comparable))
                .containsExactlyElementsOf(
                        real.stream().map(ResponsesRecordingsTest::comparable).toList());
        assertThat(ours.answer().headers().first("content-type"))
                .isEqualTo(recorded.headers().first("content-type"));
        assertThat(padded(ours.events())).isEqualTo(padded(real)).containsOnly(0);
    }

    @ParameterizedTest
    @MethodSource("wholes")
    void wholeResponsesSayTheSame(RealTraffic.Interaction recorded) {
        JsonNode real = SurfaceAnswer.parsed(recorded.body().utf8());

        JsonNode ours = answered(recorded, reply(real, List.of())).json();

        assertThat(names(ours)).isEqualTo(names(real));
        assertThat(withoutVarying(ours)).isEqualTo(withoutVarying(real));
        assertThat(ours.path("tools")).isEqualTo(real.path("tools"));
        assertThat(ours.path("output_text").asText()).isEqualTo(text(real));
    }

    private static Asked answered(RealTraffic.Interaction recorded, Reply said) {
        FixedEngine engine = FixedEngine.answering(prompt -> said);
        return Asked.Session.of(engine)
                .ask(SurfaceAnswer.post(
                        "openai", "/v1/responses", recorded.requestBody().utf8()));
    }

    private static Set<String> names(JsonNode response) {
        Set<String> names = new TreeSet<>();
        response.fieldNames().forEachRemaining(names::add);
        names.removeAll(Set.of("moderation", "billing", "output_text"));
        return names;
    }

    private static String text(JsonNode response) {
        StringBuilder text = new StringBuilder();
        response.path("output")
                .forEach(item -> item.path("content")
                        .forEach(part -> text.append(part.path("text").asText())));
        return text.toString();
    }

    /** What the lengths of deltas and their padding leave over. */
    private static List<Integer> padded(List<JsonNode> events) {
        return events.stream()
                .filter(event -> event.has("delta"))
                .map(event -> (event.path("delta").asText().length()
                                + event.path("obfuscation").asText().length())
                        % 16)
                .toList();
    }

    private static String comparable(JsonNode event) {
        return withoutVarying(event).toString();
    }

    private static JsonNode withoutVarying(JsonNode json) {
        JsonNode copy = json.deepCopy();
        clean(copy);
        return copy;
    }

    private static void clean(JsonNode node) {
        if (node instanceof ObjectNode object) {
            if (object.path("object").asText().equals("response")) {
                object.remove(VARYING);
                object.put("model", "-");
            }
            if (object.path("type").asText().equals("reasoning")) {
                object.remove("status");
            }
            object.remove("namespace");
            for (String name : List.of("id", "item_id", "obfuscation", "encrypted_content", "created_at")) {
                if (object.has(name)) {
                    object.put(name, "-");
                }
            }
            if (object.path("completed_at").isNumber()) {
                object.put("completed_at", 0);
            }
            object.remove("cache_write_tokens");
        }
        node.forEach(ResponsesRecordingsTest::clean);
    }

    private static Reply reply(JsonNode response, List<JsonNode> events) {
        List<Content> contents = new ArrayList<>();
        boolean calls = false;
        for (JsonNode item : response.path("output")) {
            String id = item.path("id").asText();
            switch (item.path("type").asText()) {
                case "message" ->
                    contents.add(new Content.Text(
                            tokens(events, id, item.at("/content/0/text").asText())));
                case "function_call" -> {
                    calls = true;
                    contents.add(new Content.ToolCall(
                            item.path("call_id").asText(),
                            item.path("name").asText(),
                            tokens(events, id, item.path("arguments").asText())));
                }
                default -> contents.add(new Content.Thought(List.of(), 0));
            }
        }
        JsonNode usage = response.path("usage");
        Usage used = new Usage(
                usage.path("input_tokens").asInt(),
                usage.path("output_tokens").asInt(),
                usage.at("/output_tokens_details/reasoning_tokens").asInt(),
                usage.at("/input_tokens_details/cached_tokens").asInt(),
                0);
        return new Reply(List.of(new Choice(contents, calls ? Finish.TOOL_CALLS : Finish.STOP)), used);
    }

    private static List<String> tokens(List<JsonNode> events, String id, String whole) {
        List<String> tokens = events.stream()
                .filter(event ->
                        event.has("delta") && event.path("item_id").asText().equals(id))
                .map(event -> event.path("delta").asText())
                .toList();
        return tokens.isEmpty() ? List.of(whole) : tokens;
    }
}
