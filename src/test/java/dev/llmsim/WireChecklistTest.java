package dev.llmsim;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.llmsim.mode.Latency;
import dev.llmsim.mode.Mode;
import dev.llmsim.provider.simulation.Json;
import dev.llmsim.synth.script.Script;
import dev.llmsim.synth.script.ToolCall;
import dev.llmsim.synth.script.Turn;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What simulators of these APIs get wrong and clients break on, beyond what their official clients show elsewhere. */
class WireChecklistTest {
    private static final String CHAT = "/openai/v1/chat/completions";
    private static final String HI = "\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]";

    private static LlmSim gateway;
    private static HttpClient http;

    @BeforeAll
    static void start() {
        gateway = LlmSim.builder(Mode.SIMULATE).latency(Latency.INSTANT).seed(1).start();
        http = HttpClient.newHttpClient();
    }

    @AfterAll
    static void stop() {
        gateway.close();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "/openai/v1/chat/completions|{\"model\":\"gpt-4o\",\"stream\":true,MESSAGES}|false|true",
                "/openai/v1/completions|{\"model\":\"gpt-3.5-turbo-instruct\",\"stream\":true,\"prompt\":\"hi\"}|false|true",
                "/openai/v1/responses|{\"model\":\"gpt-4o\",\"stream\":true,\"input\":\"hi\"}|true|false",
                "/openresponses/v1/responses|{\"model\":\"gpt-4o\",\"stream\":true,\"input\":\"hi\"}|true|true",
                "/anthropic/v1/messages|{\"model\":\"claude-sonnet-4-5\",\"max_tokens\":50,\"stream\":true,MESSAGES}|true|false",
                "/gemini/v1beta/models/gemini-2.5-flash:streamGenerateContent?alt=sse|{\"contents\":[{\"parts\":[{\"text\":\"hi\"}]}]}|false|false",
                "/cohere/v2/chat|{\"model\":\"command-r\",\"stream\":true,MESSAGES}|true|true",
            })
    void eventsHaveTheFormThatEveryClientReads(String path, String body, boolean named, boolean done) throws Exception {
        HttpResponse<String> answer = post(gateway, path, body.replace("MESSAGES", HI), "application/json");

        assertThat(answer.headers().firstValue("content-type").orElseThrow())
                .as("whatever the client accepts")
                .startsWith("text/event-stream");
        assertThat(answer.body()).endsWith("\n\n").doesNotContain("\r");
        List<String> events = List.of(answer.body().split("\n\n"));
        for (String event : events) {
            String data = event.substring(event.indexOf("data: ") + "data: ".length());
            assertThat(data.equals("[DONE]") || !Json.parse(data).has("error"))
                    .as("no event but an error has the member: %s", event)
                    .isTrue();
            assertThat(event).matches((named && !event.endsWith("[DONE]") ? "event: \\S+\\n" : "") + "data: \\S.*");
        }
        assertThat(events.get(events.size() - 1).equals("data: [DONE]")).isEqualTo(done);
        assertThat(events.subList(0, events.size() - 1)).doesNotContain("data: [DONE]");
    }

    @Test
    void whatIsNotAskedToStreamDoesNotWhateverIsAccepted() throws Exception {
        HttpResponse<String> answer = post(gateway, CHAT, "{\"model\":\"gpt-4o\"," + HI + "}", "text/event-stream");

        assertThat(answer.headers().firstValue("content-type")).contains("application/json");
        assertThat(Json.parse(answer.body()).path("object").asText()).isEqualTo("chat.completion");
    }

    /** Recorded: no call in the first chunk, then each opens and ends before the next; role, id and name once each. */
    @Test
    void parallelCallsFollowOneAnotherEachWithItsIndex() throws Exception {
        Script script = Script.of(Turn.toolCalls(
                ToolCall.of("one", "{\"a\":\"some words\"}"), ToolCall.of("two", "{\"b\":\"more words\"}")));
        try (LlmSim scripted = LlmSim.builder(Mode.SIMULATE)
                .script(script)
                .latency(Latency.INSTANT)
                .start()) {
            String body = post(scripted, CHAT, "{\"model\":\"gpt-4o\",\"stream\":true," + HI + "}", "*/*")
                    .body();
            List<JsonNode> deltas = new ArrayList<>();
            for (String event : body.split("\n\n")) {
                if (!event.endsWith("[DONE]")) {
                    deltas.add(Json.parse(event.substring("data: ".length())).at("/choices/0/delta"));
                }
            }
            assertThat(deltas.stream().filter(delta -> delta.has("role"))).hasSize(1);
            assertThat(deltas.get(0).has("tool_calls")).isFalse();
            List<Integer> indexes = new ArrayList<>();
            List<String> opened = new ArrayList<>();
            for (JsonNode delta : deltas) {
                JsonNode call = delta.at("/tool_calls/0");
                if (!call.isMissingNode()) {
                    indexes.add(call.path("index").asInt(-1));
                    if (call.has("id")) {
                        opened.add(call.path("id").asText() + " "
                                + call.path("type").asText() + " "
                                + call.at("/function/name").asText());
                    }
                    assertThat(call.has("id")).isEqualTo(call.path("function").has("name"));
                }
            }
            assertThat(indexes).isSorted().contains(0, 1).doesNotContain(-1);
            assertThat(opened).containsExactly("call_llmsim_0_0 function one", "call_llmsim_0_1 function two");
        }
    }

    private static HttpResponse<String> post(LlmSim to, String path, String json, String accept)
            throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(to.address() + path))
                .header("content-type", "application/json")
                .header("accept", accept)
                .POST(HttpRequest.BodyPublishers.ofString(json))
                .build();
        return http.send(request, HttpResponse.BodyHandlers.ofString());
    }
}
