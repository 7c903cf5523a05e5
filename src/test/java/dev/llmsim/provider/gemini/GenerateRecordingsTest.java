package dev.llmsim.provider.gemini;

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
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The recorded requests, answered with what was recorded, have to give the recorded answers and streams. */
class GenerateRecordingsTest {
    private static final List<String> OF_SERVICE_TOOLS =
            List.of("executableCode", "toolCall", "groundingMetadata", "urlContextMetadata");

    private static Stream<RealTraffic.Interaction> recordings(String method) {
        return RealTraffic.all().stream()
                .filter(one -> one.uri().startsWith("https://generativelanguage.googleapis.com/"))
                .filter(one -> URI.create(one.uri()).getPath().endsWith(method))
                .filter(one -> OF_SERVICE_TOOLS.stream().noneMatch(one.body().utf8()::contains));
    }

    static Stream<RealTraffic.Interaction> streams() {
        List<RealTraffic.Interaction> streams =
                recordings(":streamGenerateContent").toList();
        assertThat(streams).hasSize(2);
        return streams.stream();
    }

    static Stream<RealTraffic.Interaction> answers() {
        List<RealTraffic.Interaction> answers = recordings(":generateContent").toList();
        assertThat(answers).hasSize(9);
        return answers.stream();
    }

    @ParameterizedTest
    @MethodSource("streams")
    void streamsAreWrittenAsTheRealServiceWroteThem(RealTraffic.Interaction recorded) {
        List<JsonNode> real = Asked.chunks(recorded.body().utf8(), "\r\n\r\n");

        Asked ours = asked(recorded, reply(real));

        assertThat(ours.chunks()).hasSameSizeAs(real);
        assertThat(ours.chunks().get(0).path("modelVersion"))
                .isEqualTo(real.get(0).path("modelVersion"));
        for (int i = 0; i < real.size(); i++) {
            assertThat(comparable(ours.chunks().get(i), real.get(i), i == real.size() - 1))
                    .isEqualTo(comparable(real.get(i), real.get(i), i == real.size() - 1));
        }
        assertThat(ours.answer().headers().first("content-type"))
                .isEqualTo(recorded.headers().first("content-type"));
    }

    /** These were kept with their members sorted, so their order says nothing. */
    @ParameterizedTest
    @MethodSource("answers")
    void answersAreWrittenAsTheRealServiceWroteThem(RealTraffic.Interaction recorded) {
        JsonNode real = Asked.parsed(recorded.body().utf8());

        Asked ours = asked(recorded, reply(List.of(real)));

        JsonNode written = Asked.parsed(comparable(ours.json(), real, true));
        assertThat(written).isEqualTo(Asked.parsed(comparable(real, real, true)));
        assertThat(ours.answer().headers().first("content-type"))
                .isEqualTo(recorded.headers().first("content-type"));
    }

    private static Asked asked(RealTraffic.Interaction recorded, Reply reply) {
        String target = recorded.uri().substring("https://generativelanguage.googleapis.com".length());
        return Asked.post(
                FixedEngine.answering(prompt -> reply),
                target,
                recorded.requestBody().utf8());
    }

    /**
     * An answer without what differs from call to call: ids and signatures, how many tokens a chunk holds before the
     * last, what a prompt's tokens are of, and the tier, which older recordings do not name.
     */
    private static String comparable(JsonNode chunk, JsonNode real, boolean last) {
        ObjectNode copy = chunk.deepCopy();
        copy.put("responseId", "-");
        ObjectNode usage = (ObjectNode) copy.path("usageMetadata");
        if (!real.at("/usageMetadata").has("serviceTier")) {
            usage.remove("serviceTier");
        }
        usage.remove("promptTokensDetails");
        if (!last) {
            usage.properties().forEach(count -> count.setValue(usage.numberNode(0)));
        }
        copy.at("/candidates/0/content/parts").forEach(part -> {
            if (part.has("thoughtSignature")) {
                ((ObjectNode) part).put("thoughtSignature", "-");
            }
        });
        return copy.toString();
    }

    private static Reply reply(List<JsonNode> chunks) {
        JsonNode usage = chunks.get(chunks.size() - 1).path("usageMetadata");
        int thoughts = usage.path("thoughtsTokenCount").asInt();
        List<String> thought = new ArrayList<>();
        List<String> text = new ArrayList<>();
        List<Content> contents = new ArrayList<>();
        for (JsonNode chunk : chunks) {
            for (JsonNode part : chunk.at("/candidates/0/content/parts")) {
                if (part.has("functionCall")) {
                    JsonNode call = part.path("functionCall");
                    contents.add(new Content.ToolCall(
                            "",
                            call.path("name").asText(),
                            List.of(call.path("args").toString())));
                } else if (part.path("thought").asBoolean()) {
                    thought.add(part.path("text").asText());
                } else if (!part.path("text").asText().isEmpty()) {
                    text.add(part.path("text").asText());
                }
            }
        }
        if (!text.isEmpty()) {
            contents.add(0, new Content.Text(text));
        }
        if (thoughts > 0) {
            contents.add(0, new Content.Thought(thought, thoughts));
        }
        int completion = thoughts + usage.path("candidatesTokenCount").asInt();
        return new Reply(
                List.of(new Choice(contents, Finish.STOP)),
                new Usage(usage.path("promptTokenCount").asInt(), completion, thoughts, 0, 0));
    }
}
