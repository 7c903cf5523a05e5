package dev.llmsim.provider.anthropic;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.llmsim.provider.conversation.Choice;
import dev.llmsim.provider.conversation.Content;
import dev.llmsim.provider.conversation.Finish;
import dev.llmsim.provider.conversation.Reply;
import dev.llmsim.provider.conversation.Usage;
import dev.llmsim.provider.simulation.FixedEngine;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** A stream tells what the whole message tells. */
class MessageStreamTest {
    private static final String ASK =
            "{\"model\":\"m\",\"max_tokens\":4096,\"messages\":[{\"role\":\"user\",\"content\":"
                    + "\"hi\"}],\"thinking\":{\"type\":\"enabled\",\"budget_tokens\":1024}";

    @Property(tries = 100)
    void joinedDeltasAreTheMessage(@ForAll("replies") Reply reply) {
        Asked whole = Asked.post(FixedEngine.answering(prompt -> reply), "/v1/messages", ASK + "}");
        Asked stream = Asked.post(FixedEngine.answering(prompt -> reply), "/v1/messages", ASK + ",\"stream\":true}");

        JsonNode message = whole.json();
        List<JsonNode> events = stream.events();
        for (int i = 0; i < message.path("content").size(); i++) {
            JsonNode block = message.path("content").path(i);
            assertThat(joined(events, i, "text")).isEqualTo(block.path("text").asText());
            assertThat(joined(events, i, "thinking"))
                    .isEqualTo(block.path("thinking").asText());
            assertThat(joined(events, i, "signature"))
                    .hasSameSizeAs(block.path("signature").asText());
            if (block.has("input")) {
                String input = joined(events, i, "partial_json");
                assertThat(Asked.parsed(input.isEmpty() ? "{}" : input)).isEqualTo(block.path("input"));
            }
        }
        JsonNode end = events.get(events.size() - 2);
        assertThat(end.at("/delta/stop_reason")).isEqualTo(message.path("stop_reason"));
        assertThat(end.at("/usage/output_tokens")).isEqualTo(message.at("/usage/output_tokens"));
        assertThat(events.get(0).at("/message/id")).isEqualTo(message.path("id"));
        int last = stream.answer().pieces().size() - 1;
        assertThat(stream.answer().pieces().get(last).tokens())
                .isEqualTo(stream.answer().work().shownTokens())
                .isEqualTo(whole.answer().work().shownTokens());
    }

    @Property(tries = 100)
    void blocksFollowOneAnother(@ForAll("replies") Reply reply) {
        List<JsonNode> events = Asked.post(
                        FixedEngine.answering(prompt -> reply), "/messages", ASK + ",\"stream\":true}")
                .events();

        int open = -1;
        int next = 0;
        for (JsonNode event : events) {
            switch (event.path("type").asText()) {
                case "content_block_start" -> {
                    assertThat(open).isEqualTo(-1);
                    open = event.path("index").asInt();
                    assertThat(open).isEqualTo(next++);
                }
                case "content_block_delta" ->
                    assertThat(event.path("index").asInt()).isEqualTo(open);
                case "content_block_stop" -> {
                    assertThat(event.path("index").asInt()).isEqualTo(open);
                    open = -1;
                }
                default -> {}
            }
        }
        assertThat(events.get(0).path("type").asText()).isEqualTo("message_start");
        assertThat(events.get(events.size() - 1).path("type").asText()).isEqualTo("message_stop");
    }

    private static String joined(List<JsonNode> events, int index, String name) {
        StringBuilder joined = new StringBuilder();
        events.stream()
                .filter(event -> event.path("index").asInt(-1) == index)
                .forEach(event -> joined.append(event.path("delta").path(name).asText("")));
        return joined.toString();
    }

    @Provide
    Arbitrary<Reply> replies() {
        Arbitrary<List<String>> tokens = Arbitraries.strings()
                .withCharRange(' ', '\ud7ff')
                .ofMaxLength(5)
                .list()
                .ofMaxSize(6);
        Arbitrary<Content> texts = tokens.map(Content.Text::new);
        Arbitrary<Content> thoughts = tokens.map(said -> new Content.Thought(said, said.size()));
        Arbitrary<Content> calls = Arbitraries.of(List.of("{", "}"), List.of("{}"), List.of("{\"a\"", "", ":1", "}"))
                .map(said -> new Content.ToolCall("toolu_01" + "x".repeat(22), "f", said));
        return Arbitraries.oneOf(texts, thoughts, calls)
                .list()
                .ofMaxSize(4)
                .map(contents -> new Reply(List.of(new Choice(contents, Finish.TOOL_CALLS)), new Usage(5, 9, 1, 2, 0)));
    }
}
