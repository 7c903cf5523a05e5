package dev.llmsim;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.llmsim.exchange.Bytes;
import dev.llmsim.mode.Latency;
import dev.llmsim.mode.Mode;
import dev.llmsim.provider.simulation.SurfaceAnswer;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Cohere's API before {@code llmsim serve}, over HTTP. */
class SimulatedCohereTest {
    private static final String ASKED = "{\"model\":\"command-a-03-2025\",\"messages\":[{\"role\":\"user\",\"content\":"
            + "\"What is the weather in Paris?\"}";
    private static final String TOOL = ",\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"get_weather\","
            + "\"parameters\":{\"type\":\"object\",\"properties\":{\"city\":{\"type\":\"string\"}},\"required\":[\"city\"]}}}]";
    private static LlmSim gateway;

    @BeforeAll
    static void start() {
        gateway = LlmSim.builder(Mode.SIMULATE).latency(Latency.INSTANT).seed(1).start();
    }

    @AfterAll
    static void stop() {
        gateway.close();
    }

    @Test
    void saysTheSameStreamedAndNot() throws Exception {
        JsonNode whole = json(ask("/v2/chat", ASKED + "]}"));
        HttpResponse<byte[]> streamed = ask("/v2/chat", ASKED + "],\"stream\":true}");

        String text = events(streamed).stream()
                .filter(event -> event.path("type").asText().equals("content-delta"))
                .map(event -> event.at("/delta/message/content/text").asText())
                .collect(Collectors.joining());
        assertThat(Asking.header(streamed, "content-type")).startsWith("text/event-stream");
        assertThat(text)
                .isNotBlank()
                .isEqualTo(whole.at("/message/content/0/text").asText());
    }

    @Test
    void aToolLoopEndsOnceTheResultIsIn() throws Exception {
        JsonNode first = json(ask("/v2/chat", ASKED + "]" + TOOL + "}"));
        JsonNode call = first.at("/message/tool_calls/0");
        assertThat(first.path("finish_reason").asText()).isEqualTo("TOOL_CALL");
        assertThat(call.path("id").asText()).matches("get_weather_[a-z0-9]{12}");
        assertThat(call.at("/function/arguments").asText()).contains("\"city\"");

        JsonNode second = json(ask(
                "/v2/chat",
                ASKED + "," + first.path("message") + ",{\"role\":\"tool\",\"tool_call_id\":" + call.path("id")
                        + ",\"content\":\"sunny\"}]" + TOOL + "}"));
        assertThat(second.path("finish_reason").asText()).isEqualTo("COMPLETE");
        assertThat(second.at("/message/content/0/text").asText()).isNotBlank();
    }

    @Test
    void limitsSchemasAndSeedsAreObeyed() throws Exception {
        JsonNode brief = json(ask("/v2/chat", ASKED + "],\"max_tokens\":3}"));
        JsonNode formed = json(ask(
                "/v2/chat",
                ASKED + "],\"response_format\":{\"type\":\"json_object\",\"json_schema\":{\"type\":\"object\","
                        + "\"properties\":{\"city\":{\"type\":\"string\"}},\"required\":[\"city\"]}}}"));

        assertThat(brief.path("finish_reason").asText()).isEqualTo("MAX_TOKENS");
        assertThat(brief.at("/usage/billed_units/output_tokens").asInt()).isEqualTo(3);
        assertThat(SurfaceAnswer.parsed(formed.at("/message/content/0/text").asText())
                        .path("city")
                        .isTextual())
                .isTrue();
        assertThat(ask("/v2/chat", ASKED + "],\"seed\":7}").body())
                .isEqualTo(ask("/v2/chat", ASKED + "],\"seed\":7}").body());
    }

    @Test
    void whatIsWrongIsRefused() throws Exception {
        HttpResponse<byte[]> refused = ask("/v2/chat", "{\"model\":\"m\"}");

        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(json(refused).path("message").asText()).startsWith("invalid request: ");
    }

    private static HttpResponse<byte[]> ask(String target, String body) throws Exception {
        return Asking.ask(
                gateway,
                new Conversation.Asked(
                        "cohere",
                        "POST",
                        target,
                        List.of(new Conversation.Line("content-type", "application/json")),
                        Bytes.utf8(body)));
    }

    private static JsonNode json(HttpResponse<byte[]> answer) {
        return SurfaceAnswer.parsed(text(answer));
    }

    private static List<JsonNode> events(HttpResponse<byte[]> stream) {
        return Stream.of(text(stream).split("\n"))
                .filter(line -> line.startsWith("data: {"))
                .map(line -> SurfaceAnswer.parsed(line.substring("data: ".length())))
                .toList();
    }

    private static String text(HttpResponse<byte[]> answer) {
        return new String(answer.body(), StandardCharsets.UTF_8);
    }
}
