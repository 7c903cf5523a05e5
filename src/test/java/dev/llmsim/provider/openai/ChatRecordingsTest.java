package dev.llmsim.provider.openai;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.llmsim.provider.conversation.Choice;
import dev.llmsim.provider.conversation.Content;
import dev.llmsim.provider.conversation.Finish;
import dev.llmsim.provider.conversation.Reply;
import dev.llmsim.provider.conversation.Usage;
import dev.llmsim.provider.simulation.FixedEngine;
import dev.llmsim.traffic.RealTraffic;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The recorded requests, answered with the recorded tokens, have to give the recorded streams. */
class ChatRecordingsTest {
    static Stream<RealTraffic.Interaction> recordings() {
        List<RealTraffic.Interaction> chats = RealTraffic.all().stream()
                .filter(one -> one.uri().equals("https://api.openai.com/v1/chat/completions"))
                .toList();
        assertThat(chats).hasSize(17);
        return chats.stream();
    }

    @ParameterizedTest
    @MethodSource("recordings")
    void whatWasSaidIsWrittenAsTheRealServiceWroteIt(RealTraffic.Interaction recorded) {
        List<JsonNode> real = Asked.chunks(recorded.body().utf8());
        Reply said = reply(real);

        Asked ours = Asked.post(
                FixedEngine.answering(prompt -> said),
                "/v1/chat/completions",
                recorded.requestBody().utf8());

        assertThat(ours.chunks().stream().map(ChatRecordingsTest::comparable))
                .containsExactlyElementsOf(
                        real.stream().map(ChatRecordingsTest::comparable).toList());
        assertThat(ours.answer().headers().first("content-type"))
                .isEqualTo(recorded.headers().first("content-type"));
        assertThat(ours.answer().work().shownTokens())
                .isEqualTo(said.first().contents().stream()
                        .mapToInt(content -> content.tokens().size())
                        .sum());
    }

    @ParameterizedTest
    @MethodSource("recordings")
    void paddingHidesLengthsAsTheRealServiceHidesThem(RealTraffic.Interaction recorded) {
        List<JsonNode> real = Asked.chunks(recorded.body().utf8());
        Asked ours = Asked.post(
                FixedEngine.answering(prompt -> reply(real)),
                "/v1/chat/completions",
                recorded.requestBody().utf8());

        assertThat(remainders(recorded.body().utf8())).containsOnly(1);
        assertThat(remainders(ours.text())).containsOnly(1);
    }

    private static List<Integer> remainders(String stream) {
        return Stream.of(stream.split("\n\n"))
                .filter(event -> event.startsWith("data: {"))
                .map(event -> (event.length() - "data: ".length()) % 16)
                .toList();
    }

    /** A chunk without what differs from call to call; its members in their order. */
    private static String comparable(JsonNode chunk) {
        ObjectNode copy = chunk.deepCopy();
        assertThat(copy.path("id").asText()).matches("chatcmpl-[A-Za-z0-9]{29}");
        assertThat(copy.path("obfuscation").asText()).matches("[A-Za-z0-9]{0,15}");
        for (String name : List.of("id", "model", "system_fingerprint", "obfuscation")) {
            copy.put(name, "-");
        }
        copy.put("created", 0);
        return copy.toString();
    }

    private static Reply reply(List<JsonNode> chunks) {
        List<String> text = new ArrayList<>();
        Map<Integer, Content.ToolCall> calls = new LinkedHashMap<>();
        String finish = "";
        for (JsonNode chunk : chunks) {
            JsonNode choice = chunk.path("choices").path(0);
            JsonNode delta = choice.path("delta");
            if (!delta.path("content").asText("").isEmpty()) {
                text.add(delta.path("content").asText());
            }
            delta.path("tool_calls").forEach(call -> add(call, calls));
            finish = choice.path("finish_reason").asText(finish).replace("null", finish);
        }
        List<Content> contents = new ArrayList<>(calls.values());
        if (!text.isEmpty()) {
            contents.add(0, new Content.Text(text));
        }
        Finish end = finish.equals("tool_calls") ? Finish.TOOL_CALLS : Finish.STOP;
        JsonNode usage = chunks.get(chunks.size() - 1).path("usage");
        return new Reply(
                List.of(new Choice(contents, end)),
                new Usage(
                        usage.path("prompt_tokens").asInt(),
                        usage.path("completion_tokens").asInt(),
                        0,
                        usage.path("prompt_tokens_details")
                                .path("cached_tokens")
                                .asInt(),
                        0));
    }

    private static void add(JsonNode delta, Map<Integer, Content.ToolCall> calls) {
        int index = delta.path("index").asInt();
        JsonNode function = delta.path("function");
        Content.ToolCall before = calls.getOrDefault(
                index,
                new Content.ToolCall(
                        delta.path("id").asText(), function.path("name").asText(), List.of()));
        List<String> tokens = new ArrayList<>(before.tokens());
        if (!function.path("arguments").asText().isEmpty()) {
            tokens.add(function.path("arguments").asText());
        }
        calls.put(index, new Content.ToolCall(before.id(), before.name(), tokens));
    }
}
