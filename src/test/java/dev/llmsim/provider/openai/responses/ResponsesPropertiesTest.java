package dev.llmsim.provider.openai.responses;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.llmsim.provider.conversation.Content;
import dev.llmsim.provider.conversation.Finish;
import dev.llmsim.provider.simulation.FixedEngine;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** What holds of every stream. */
class ResponsesPropertiesTest {
    @Provide
    Arbitrary<List<Content>> contents() {
        Arbitrary<List<String>> tokens = Arbitraries.strings()
                .withChars('a', ' ', '"', '\\', '\n', 'é', '\u20ac')
                .ofMinLength(1)
                .ofMaxLength(20)
                .list()
                .ofMaxSize(8);
        Arbitrary<Content> content = Arbitraries.oneOf(
                tokens.map(Content.Text::new),
                tokens.map(Content.Refusal::new),
                tokens.map(thoughts -> new Content.Thought(thoughts, thoughts.size() + 5)),
                tokens.map(arguments -> new Content.ToolCall("call_1", "f", arguments)),
                tokens.map(input -> new Content.ToolCall("call_2", "c", input)));
        return content.list().ofMinSize(1).ofMaxSize(5);
    }

    @Property(tries = 200)
    void aStreamTellsWhatTheWholeResponseSays(
            @ForAll("contents") List<Content> contents, @ForAll boolean summary, @ForAll boolean cut) {
        FixedEngine engine = FixedEngine.answering(cut ? Finish.LENGTH : Finish.STOP, contents.toArray(Content[]::new));
        Asked.Session session = Asked.Session.of(engine);
        Asked stream = session.create("{'model':'gpt-5','input':'hi','stream':true,"
                + (summary ? "'reasoning':{'summary':'auto'}," : "")
                + "'tools':[{'type':'function','name':'f'},{'type':'custom','name':'c'}]}");
        List<JsonNode> events = stream.events();
        JsonNode response = stream.last().path("response");

        for (int i = 0; i < events.size(); i++) {
            assertThat(events.get(i).path("sequence_number").asInt()).isEqualTo(i);
        }
        assertThat(response.path("output")).hasSize(contents.size());
        for (int i = 0; i < contents.size(); i++) {
            assertItem(events, response.path("output").get(i), i);
        }
        JsonNode usage = response.path("usage");
        assertThat(usage.path("total_tokens").asInt())
                .isEqualTo(usage.path("input_tokens").asInt()
                        + usage.path("output_tokens").asInt());
        assertThat(usage.at("/output_tokens_details/reasoning_tokens").asInt())
                .isLessThanOrEqualTo(usage.path("output_tokens").asInt());
        assertThat(session.get("/v1/responses/" + response.path("id").asText()).json())
                .isEqualTo(response);
        assertThat(stream.answer().work().shownTokens()).isEqualTo((int)
                events.stream().filter(event -> event.has("delta")).count());
    }

    /** An item is opened, told in pieces that join to what it says in the end, and closed, before the next one opens. */
    private static void assertItem(List<JsonNode> events, JsonNode item, int index) {
        StringBuilder joined = new StringBuilder();
        List<String> dones = new ArrayList<>();
        for (JsonNode event : events) {
            if (event.has("item_id") && event.path("output_index").asInt() == index) {
                assertThat(event.path("item_id")).isEqualTo(item.path("id"));
                joined.append(event.path("delta").asText());
                for (String name : List.of("text", "refusal", "arguments", "input")) {
                    if (event.has(name)) {
                        dones.add(event.path(name).asText());
                    }
                }
            }
        }
        JsonNode opened = bounding(events, "response.output_item.added", index);
        JsonNode closed = bounding(events, "response.output_item.done", index);
        assertThat(closed.path("item")).isEqualTo(item);
        assertThat(opened.at("/item/id")).isEqualTo(item.path("id"));
        assertThat(opened.at("/item/status").asText()).isEqualTo("in_progress");
        assertThat(joined.toString()).isEqualTo(said(item));
        assertThat(dones).allMatch(joined.toString()::equals);
    }

    private static JsonNode bounding(List<JsonNode> events, String type, int index) {
        List<JsonNode> found = events.stream()
                .filter(event -> event.path("type").asText().equals(type)
                        && event.path("output_index").asInt() == index)
                .toList();
        assertThat(found).hasSize(1);
        return found.get(0);
    }

    private static String said(JsonNode item) {
        String said = item.path("arguments").asText() + item.path("input").asText();
        for (String member : List.of("content", "summary")) {
            for (JsonNode part : item.path(member)) {
                said += part.path("text").asText() + part.path("refusal").asText();
            }
        }
        return said;
    }
}
