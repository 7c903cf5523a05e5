package dev.llmsim.provider.openai;

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

/** A stream tells what the whole answer tells. */
class ChatStreamTest {
    private static final String ASK = "{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]";

    @Property(tries = 100)
    void joinedDeltasAreTheAnswer(@ForAll("replies") Reply reply) {
        FixedEngine engine = FixedEngine.answering(prompt -> reply);
        Asked whole = Asked.post(engine, "/v1/chat/completions", ASK + "}");
        Asked stream = Asked.post(
                engine, "/v1/chat/completions", ASK + ",\"stream\":true,\"stream_options\":{\"include_usage\":true}}");

        List<JsonNode> chunks = stream.chunks();
        JsonNode answer = whole.json();
        assertThat(chunks)
                .allMatch(chunk -> chunk.path("id").equals(chunks.get(0).path("id"))
                        && chunk.path("created").equals(answer.path("created")));
        assertThat(chunks.get(chunks.size() - 1).path("usage")).isEqualTo(answer.path("usage"));
        for (JsonNode choice : answer.path("choices")) {
            int index = choice.path("index").asInt();
            JsonNode message = choice.path("message");
            assertThat(joined(chunks, index, "/delta/content"))
                    .isEqualTo(message.path("content").asText(""));
            assertThat(joined(chunks, index, "/delta/tool_calls/0/id"))
                    .isEqualTo(message.at("/tool_calls/0/id").asText());
            assertThat(joined(chunks, index, "/delta/tool_calls/0/function/arguments"))
                    .isEqualTo(message.at("/tool_calls/0/function/arguments").asText());
            assertThat(joined(chunks, index, "/finish_reason"))
                    .isEqualTo(choice.path("finish_reason").asText());
        }
        int last = stream.answer().pieces().size() - 1;
        assertThat(stream.answer().pieces().get(last).tokens())
                .isEqualTo(stream.answer().work().shownTokens())
                .isEqualTo(whole.answer().work().shownTokens());
    }

    private static String joined(List<JsonNode> chunks, int index, String pointer) {
        StringBuilder joined = new StringBuilder();
        for (JsonNode chunk : chunks) {
            JsonNode choice = chunk.at("/choices/0");
            if (choice.path("index").asInt(-1) == index) {
                joined.append(choice.at(pointer).asText(""));
            }
        }
        return joined.toString();
    }

    @Provide
    Arbitrary<Reply> replies() {
        Arbitrary<List<String>> tokens = Arbitraries.strings()
                .withCharRange(' ', '\ud7ff')
                .ofMaxLength(5)
                .list()
                .ofMaxSize(6);
        Arbitrary<Choice> texts =
                tokens.map(said -> new Choice(List.of(new Content.Thought(List.of("h"), 1), text(said)), Finish.STOP));
        Arbitrary<Choice> calls = tokens.map(said ->
                new Choice(List.of(text(List.of()), new Content.ToolCall("call_1", "f", said)), Finish.TOOL_CALLS));
        Arbitrary<Choice> both = tokens.map(
                said -> new Choice(List.of(text(said), new Content.ToolCall("call_1", "f", said)), Finish.TOOL_CALLS));
        return Arbitraries.oneOf(texts, calls, both)
                .list()
                .ofMinSize(1)
                .ofMaxSize(3)
                .map(choices -> new Reply(choices, new Usage(5, 9, 1, 2, 0)));
    }

    private static Content text(List<String> tokens) {
        return new Content.Text(tokens);
    }
}
