package dev.llmsim.provider.cohere;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.llmsim.provider.conversation.Content;
import dev.llmsim.provider.conversation.Finish;
import dev.llmsim.provider.simulation.FixedEngine;
import dev.llmsim.provider.simulation.SurfaceAnswer;
import dev.llmsim.traffic.RealTraffic;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The recorded requests, answered with what was said then, have to give the recorded answers. */
class RecordingsTest {
    static Stream<RealTraffic.Interaction> chats() {
        List<RealTraffic.Interaction> chats = at("https://api.cohere.com/v2/chat");
        assertThat(chats).hasSize(4);
        return chats.stream();
    }

    @ParameterizedTest
    @MethodSource("chats")
    void whatWasSaidIsWrittenAsTheRealServiceWroteIt(RealTraffic.Interaction recorded) {
        JsonNode real = SurfaceAnswer.parsed(recorded.body().utf8());

        Asked ours = Asked.post(said(real), "/v2/chat", recorded.requestBody().utf8());

        assertThat(ours.answer().status()).as(ours.text()).isEqualTo(200);
        assertThat(comparable(ours.json())).isEqualTo(comparable(real));
    }

    @Test
    void vectorsHaveTheRecordedMembers() {
        RealTraffic.Interaction recorded = at("https://api.cohere.com/v2/embed").stream()
                .filter(one -> one.requestBody().utf8().contains("embed-v4.0"))
                .findFirst()
                .orElseThrow();
        JsonNode real = SurfaceAnswer.parsed(recorded.body().utf8());

        JsonNode ours = Asked.post(
                        Asked.saying(), "/v2/embed", recorded.requestBody().utf8())
                .json();

        assertThat(ours.fieldNames()).toIterable().containsExactlyInAnyOrderElementsOf(() -> real.fieldNames());
        assertThat(ours.path("embeddings").path("float").path(0))
                .hasSize(real.path("embeddings").path("float").path(0).size());
        assertThat(ours.path("meta").fieldNames())
                .toIterable()
                .containsExactlyInAnyOrderElementsOf(() -> real.path("meta").fieldNames());
        assertThat(ours.path("texts")).isEqualTo(real.path("texts"));
    }

    private static List<RealTraffic.Interaction> at(String uri) {
        return RealTraffic.all().stream().filter(one -> one.uri().equals(uri)).toList();
    }

    private static FixedEngine said(JsonNode real) {
        List<Content> contents = new ArrayList<>();
        JsonNode message = real.path("message");
        for (JsonNode block : message.path("content")) {
            contents.add(new Content.Text(List.of(block.path("text").asText())));
        }
        if (message.has("tool_plan")) {
            contents.add(new Content.Text(List.of(message.path("tool_plan").asText())));
        }
        for (JsonNode call : message.path("tool_calls")) {
            JsonNode function = call.path("function");
            contents.add(new Content.ToolCall(
                    call.path("id").asText(),
                    function.path("name").asText(),
                    List.of(function.path("arguments").asText())));
        }
        boolean calls = message.has("tool_calls");
        return FixedEngine.answering(calls ? Finish.TOOL_CALLS : Finish.STOP, contents.toArray(Content[]::new));
    }

    /** An answer without its id, its numbers and what only documents and results of tools bring. */
    private static JsonNode comparable(JsonNode answer) {
        ObjectNode copy = answer.deepCopy();
        copy.put("id", "-");
        ((ObjectNode) copy.path("message")).remove("citations");
        ((ObjectNode) copy.path("usage")).remove("cached_tokens");
        for (String kind : List.of("billed_units", "tokens")) {
            ObjectNode tokens = (ObjectNode) copy.path("usage").path(kind);
            assertThat(tokens.path("input_tokens").isInt()).isTrue();
            tokens.put("input_tokens", 0).put("output_tokens", 0);
        }
        return copy;
    }
}
