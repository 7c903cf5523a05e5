package dev.llmsim.provider.gemini;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.llmsim.provider.conversation.Choice;
import dev.llmsim.provider.conversation.Content;
import dev.llmsim.provider.conversation.Finish;
import dev.llmsim.provider.conversation.Reply;
import dev.llmsim.provider.conversation.Usage;
import dev.llmsim.provider.simulation.FixedEngine;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** A stream tells what the whole answer tells. */
class GenerateStreamTest {
    private static final String MODEL = "/v1beta/models/gemini-3-flash-preview";

    @Property(tries = 100)
    void joinedChunksAreTheAnswer(@ForAll("replies") Reply reply) {
        FixedEngine engine = FixedEngine.answering(prompt -> reply);
        JsonNode whole =
                Asked.post(engine, MODEL + ":generateContent", Asked.hi("")).json();
        Asked events = Asked.post(engine, MODEL + ":streamGenerateContent?alt=sse", Asked.hi(""));
        Asked array = Asked.post(engine, MODEL + ":streamGenerateContent", Asked.hi(""));

        List<JsonNode> chunks = events.chunks();
        assertThat(chunks)
                .allMatch(chunk -> chunk.path("responseId").equals(chunks.get(0).path("responseId")));
        assertThat(chunks.get(chunks.size() - 1).path("usageMetadata")).isEqualTo(whole.path("usageMetadata"));
        assertThat(totals(chunks)).isSorted();
        for (JsonNode candidate : whole.path("candidates")) {
            int index = candidate.path("index").asInt();
            List<JsonNode> own = own(chunks, index);
            assertThat(joined(own, "text")).isEqualTo(joined(List.of(candidate), "text"));
            assertThat(joined(own, "functionCall")).isEqualTo(joined(List.of(candidate), "functionCall"));
            assertThat(own.subList(0, own.size() - 1)).noneMatch(part -> part.has("finishReason"));
            assertThat(own.get(own.size() - 1).path("finishReason")).isEqualTo(candidate.path("finishReason"));
        }
        assertThat(array.json()).hasSameSizeAs(chunks);
        assertThat(texts(array.json())).isEqualTo(texts(chunks));
        assertThat(events.answer().pieces().get(chunks.size() - 1).tokens())
                .isEqualTo(events.answer().work().shownTokens());
    }

    private static List<Integer> totals(List<JsonNode> chunks) {
        return chunks.stream()
                .map(chunk -> chunk.at("/usageMetadata/totalTokenCount").asInt())
                .toList();
    }

    private static List<JsonNode> own(List<JsonNode> chunks, int index) {
        return chunks.stream()
                .map(chunk -> chunk.at("/candidates/0"))
                .filter(candidate -> candidate.path("index").asInt() == index)
                .toList();
    }

    private static String joined(List<JsonNode> candidates, String member) {
        StringBuilder joined = new StringBuilder();
        for (JsonNode candidate : candidates) {
            candidate
                    .at("/content/parts")
                    .forEach(part -> joined.append(
                            part.path(member).isTextual() ? part.path(member).textValue() : part.path(member)));
        }
        return joined.toString();
    }

    private static List<String> texts(Iterable<JsonNode> chunks) {
        List<String> texts = new ArrayList<>();
        chunks.forEach(chunk ->
                texts.add(chunk.at("/candidates/0/content/parts/0/text").asText()));
        return texts;
    }

    @Provide
    Arbitrary<Reply> replies() {
        Arbitrary<List<String>> tokens = Arbitraries.strings()
                .withCharRange(' ', '\ud7ff')
                .ofMaxLength(5)
                .list()
                .ofMaxSize(6);
        Arbitrary<Content> calls = Arbitraries.of("{}", "{\"a\":[1]}", "{\"b\":\"\\n\"}")
                .map(arguments -> new Content.ToolCall("call_1", "f", List.of(arguments)));
        Arbitrary<Choice> texts = tokens.map(said -> new Choice(
                List.of(new Content.Thought(said, 7), new Content.Text(said)),
                said.size() == 1 ? Finish.LENGTH : Finish.STOP));
        Arbitrary<Choice> calling =
                calls.list().ofMinSize(1).ofMaxSize(3).map(some -> new Choice(some, Finish.TOOL_CALLS));
        return Arbitraries.oneOf(texts, calling)
                .list()
                .ofMinSize(1)
                .ofMaxSize(3)
                .map(choices -> new Reply(choices, new Usage(5, shown(choices) + 7, 7, 2, 0)));
    }

    private static int shown(List<Choice> choices) {
        return choices.stream()
                .flatMap(choice -> choice.contents().stream())
                .filter(content -> !(content instanceof Content.Thought))
                .mapToInt(content -> content.tokens().size())
                .sum();
    }
}
