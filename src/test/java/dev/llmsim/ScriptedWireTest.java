package dev.llmsim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.llmsim.cassette.CassetteFiles;
import dev.llmsim.exchange.LlmSimException;
import dev.llmsim.mode.Latency;
import dev.llmsim.mode.Mode;
import dev.llmsim.provider.simulation.Json;
import dev.llmsim.synth.script.OnExhausted;
import dev.llmsim.synth.script.Script;
import dev.llmsim.synth.script.ToolCall;
import dev.llmsim.synth.script.Turn;
import dev.llmsim.synth.script.When;
import dev.llmsim.timing.Pace;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScriptedWireTest {
    private static final String CHAT = "/openai/v1/chat/completions";
    private static final String MESSAGES = "/anthropic/v1/messages";
    private static final String GEMINI = "/gemini/v1beta/models/gemini-2.5-flash:generateContent";
    private static final String RESPONSES = "/openai/v1/responses";
    private static final String DELETION = """
            llmsim: cassette/1
            ---
            id: a-deletion
            request:
              to: openai DELETE /v1/responses/%s
              headers: unknown
            response:
              status: 200
              framing: length
              timing: modelled
              headers:
              - [content-type, application/json]
              frames: ['{"deleted": true}']
              head-ms: 1
              at-ms: [1]
              end-ms: 1
              ending: complete
            """;
    private static final String RECORDED =
            "{\"model\":\"gpt-4o\",\"stream\":true,\"stream_options\":{\"include_usage\":true},"
                    + "\"messages\":[{\"role\":\"user\",\"content\":\"What is the capital of Mexico?\"}]}";

    private final HttpClient client = HttpClient.newHttpClient();

    @Test
    void theScriptAnswersFirstThenRecordingsThenTheGenerator() throws Exception {
        Script script = Script.of(Turn.assistant("scripted").when(When.user("France")));
        try (LlmSim gateway = builder(script)
                .files(List.of(Path.of("cassettes")))
                .pace(Pace.INSTANT)
                .start()) {
            assertThat(source(post(gateway, CHAT, RECORDED))).isEqualTo("recorded");
            HttpResponse<String> scripted = post(gateway, CHAT, RECORDED.replace("Mexico", "France"));
            assertThat(source(scripted)).isEqualTo("script");
            assertThat(scripted.body()).contains("\"content\":\"script").contains("data: [DONE]");
            assertThat(source(post(gateway, CHAT, RECORDED.replace("Mexico", "Norway"))))
                    .isEqualTo("synthetic");

            JsonNode stats = Json.parse(get(gateway, "/llmsim/stats"));
            assertThat(stats.findValue("scripted").asInt()).isEqualTo(1);
            assertThat(stats.findValue("recorded").asInt()).isEqualTo(1);
            assertThat(stats.findValue("synthetic").asInt()).isEqualTo(1);
        }
    }

    @Test
    void aScriptWithoutConditionsComesBeforeRecordings() throws Exception {
        try (LlmSim gateway = builder(Script.of(Turn.assistant("scripted")))
                .files(List.of(Path.of("cassettes")))
                .start()) {
            assertThat(source(post(gateway, CHAT, RECORDED))).isEqualTo("script");
            assertThat(source(post(gateway, CHAT, RECORDED))).isEqualTo("script");
        }
    }

    /** A deletion that a recording answers must not have been made before that is known. */
    @Test
    void whatAsksNoModelIsLookedUpBeforeItIsSimulated(@TempDir Path folder) throws Exception {
        String create = "{\"model\":\"gpt-5\",\"input\":\"hello\"}";
        String id;
        try (LlmSim gateway = builder(Script.of(Turn.assistant("scripted"))).start()) {
            id = Json.parse(post(gateway, RESPONSES, create).body()).path("id").asText();
        }
        Files.writeString(folder.resolve("kept" + CassetteFiles.SUFFIX), DELETION.formatted(id));
        try (LlmSim gateway = builder(Script.of(Turn.assistant("scripted")))
                .files(List.of(folder))
                .pace(Pace.INSTANT)
                .start()) {
            assertThat(post(gateway, RESPONSES, create).body()).contains(id);
            HttpRequest deletion = HttpRequest.newBuilder(URI.create(gateway.address() + RESPONSES + "/" + id))
                    .DELETE()
                    .build();
            assertThat(source(client.send(deletion, HttpResponse.BodyHandlers.ofString())))
                    .isEqualTo("recorded");
            assertThat(Json.parse(get(gateway, RESPONSES + "/" + id)).path("id").asText())
                    .as("still there")
                    .isEqualTo(id);
        }
    }

    @Test
    void whatAsksNoModelTakesNoTurn() throws Exception {
        Script script = Script.of(Turn.assistant("first")).onExhausted(OnExhausted.ERROR);
        try (LlmSim gateway = builder(script).start()) {
            assertThat(source(post(
                            gateway,
                            "/openai/v1/embeddings",
                            "{\"model\":\"text-embedding-3-small\",\"input\":\"a\"}")))
                    .isEqualTo("synthetic");
            assertThat(source(post(
                            gateway,
                            MESSAGES + "/count_tokens",
                            "{\"model\":\"claude-sonnet-4-5\",\"messages\":[{\"role\":\"user\",\"content\":\"a\"}]}")))
                    .isEqualTo("synthetic");
            assertThat(post(gateway, CHAT, "{\"model\":\"gpt-4o\"}").statusCode())
                    .isEqualTo(400);
            assertThat(post(gateway, "/openai/v1/audio/speech", "{}").statusCode())
                    .isEqualTo(404);

            assertThat(post(gateway, CHAT, chat("hi")).body()).contains("\"content\":\"first\"");
        }
    }

    /** Each text endpoint, whole and streamed, with what a call must look like in its answer. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                CHAT + "|{'model':'gpt-4o','messages':[{'role':'user','content':'a'}]}|'call_llmsim_1_0'",
                CHAT + "|{'model':'gpt-4o','stream':true,'messages':[{'role':'user','content':'a'}]}|'call_llmsim_1_0'",
                "/openai/v1/completions|{'model':'gpt-3.5-turbo-instruct','prompt':'a'}|'text':''",
                "/openai/v1/completions|{'model':'gpt-3.5-turbo-instruct','prompt':'a','stream':true}|'text':''",
                MESSAGES
                        + "|{'model':'claude-sonnet-4-5','max_tokens':9,'messages':[{'role':'user','content':'a'}]}|'toolu_llmsim_1_0'",
                MESSAGES
                        + "|{'model':'claude-sonnet-4-5','max_tokens':9,'stream':true,'messages':[{'role':'user','content':'a'}]}|'toolu_llmsim_1_0'",
                GEMINI + "|{'contents':[{'parts':[{'text':'a'}]}]}|'functionCall'",
                "/gemini/v1beta/models/gemini-2.5-flash:streamGenerateContent?alt=sse|{'contents':[{'parts':[{'text':'a'}]}]}|'functionCall'",
                "/gemini/v1beta/openai/chat/completions|{'model':'gemini-2.5-flash','messages':[{'role':'user','content':'a'}]}|'call_llmsim_1_0'",
                "/groq/openai/v1/chat/completions|{'model':'llama','messages':[{'role':'user','content':'a'}]}|'call_llmsim_1_0'",
                "/openai/v1/responses|{'model':'gpt-4o','input':'a'}|'call_llmsim_1_0'",
                "/openai/v1/responses|{'model':'gpt-4o','input':'a','stream':true}|'call_llmsim_1_0'",
                "/openresponses/v1/responses|{'model':'gpt-4o','input':'a','stream':true}|'call_llmsim_1_0'",
                "/azure/openai/deployments/d/chat/completions?api-version=2024-10-21|{'messages':[{'role':'user','content':'a'}]}|'call_llmsim_1_0'",
                "/ollama/api/chat|{'model':'llama3.2','messages':[{'role':'user','content':'a'}]}|'look'",
                "/ollama/api/chat|{'model':'llama3.2','stream':false,'messages':[{'role':'user','content':'a'}]}|'look'",
                "/cohere/v2/chat|{'model':'command-r','messages':[{'role':'user','content':'a'}]}|'call_llmsim_1_0'",
                "/cohere/v2/chat|{'model':'command-r','stream':true,'messages':[{'role':'user','content':'a'}]}|'call_llmsim_1_0'",
                "/bedrock/model/amazon.nova-lite-v1:0/converse|{'messages':[{'role':'user','content':[{'text':'a'}]}]}|'look'",
                "/bedrock/model/amazon.nova-lite-v1:0/converse-stream|{'messages':[{'role':'user','content':[{'text':'a'}]}]}|'look'",
            })
    void everyTextEndpointPlaysTheScript(String path, String body, String called) throws Exception {
        Script script = Script.of(
                        Turn.assistant("Yes"), Turn.toolCalls(ToolCall.of("look", "{\"at\":\"it\"}")), Turn.timeout())
                .onExhausted(OnExhausted.ERROR);
        try (LlmSim gateway = builder(script).start()) {
            String json = body.replace('\'', '"');
            HttpResponse<String> text = post(gateway, path, json);
            assertThat(source(text)).isEqualTo("script");
            assertThat(text.body()).contains(":\"Yes\"");
            assertThat(post(gateway, path, json).body()).contains(called.replace('\'', '"'));
            HttpResponse<String> late = post(gateway, path, json);
            assertThat(late.statusCode()).isEqualTo(504);
            assertThat(source(late)).isEqualTo("script");
            HttpResponse<String> over = post(gateway, path, json);
            assertThat(over.statusCode()).isEqualTo(500);
            assertThat(over.body()).contains("llmsim script exhausted (on_exhausted=error)");
        }
    }

    /** The types and codes that users of the old program rely on, and those of the other providers. */
    @ParameterizedTest
    @CsvSource({
        "400, invalid_request_error,, invalid_request_error, INVALID_ARGUMENT",
        "401, authentication_error, invalid_api_key, authentication_error, UNAUTHENTICATED",
        "404, not_found_error,, not_found_error, NOT_FOUND",
        "429, rate_limit_error, rate_limit_exceeded, rate_limit_error, RESOURCE_EXHAUSTED",
        "500, server_error,, api_error, INTERNAL",
        "502, server_error,, api_error, UNAVAILABLE",
        "503, service_unavailable,, api_error, UNAVAILABLE",
        "504, timeout_error,, api_error, DEADLINE_EXCEEDED",
        "529, server_error,, overloaded_error, INTERNAL",
    })
    void errorsComeInEachProvidersEnvelope(int status, String openAi, String code, String anthropic, String gemini)
            throws Exception {
        try (LlmSim gateway = builder(Script.of(Turn.error(status, "boom"))).start()) {
            HttpResponse<String> chat = post(gateway, CHAT, chat("hi"));
            assertThat(chat.statusCode()).isEqualTo(status);
            JsonNode error = Json.parse(chat.body()).path("error");
            assertThat(error.path("message").textValue()).isEqualTo("boom");
            assertThat(error.path("type").textValue()).isEqualTo(openAi);
            assertThat(error.path("code").textValue()).isEqualTo(code);

            HttpResponse<String> message = post(
                    gateway,
                    MESSAGES,
                    "{\"model\":\"claude-sonnet-4-5\",\"max_tokens\":9,\"stream\":true,\"messages\":[{\"role\":\"user\","
                            + "\"content\":\"a\"}]}");
            assertThat(message.statusCode()).isEqualTo(status);
            assertThat(Json.parse(message.body()).path("error").path("type").textValue())
                    .isEqualTo(anthropic);

            HttpResponse<String> content = post(gateway, GEMINI, "{\"contents\":[{\"parts\":[{\"text\":\"a\"}]}]}");
            assertThat(content.statusCode()).isEqualTo(status);
            assertThat(Json.parse(content.body()).path("error").path("status").textValue())
                    .isEqualTo(gemini);
        }
    }

    @Test
    void anErrorMaySayWhenToComeBack() throws Exception {
        Script script = Script.parse("{\"turns\":[{\"type\":\"error\",\"kind\":\"rate_limit\",\"retry_after\":7}]}");
        try (LlmSim gateway = builder(script).start()) {
            assertThat(post(gateway, CHAT, chat("hi")).headers().firstValue("retry-after"))
                    .contains("7");
        }
    }

    @Test
    void callsAtTheSameTimeTakeATurnEach() {
        int calls = 40;
        Turn[] turns = IntStream.range(0, calls)
                .mapToObj(i -> Turn.assistant("turn-" + i + "-"))
                .toArray(Turn[]::new);
        try (LlmSim gateway =
                builder(Script.of(turns).onExhausted(OnExhausted.ERROR)).start()) {
            List<CompletableFuture<HttpResponse<String>>> answers = IntStream.range(0, calls)
                    .mapToObj(i ->
                            client.sendAsync(request(gateway, CHAT, chat("hi")), HttpResponse.BodyHandlers.ofString()))
                    .toList();
            List<String> said = new ArrayList<>();
            answers.forEach(answer -> said.add(answer.join().body().replaceAll("(?s).*(turn-[0-9]+-).*", "$1")));

            assertThat(said)
                    .containsExactlyInAnyOrderElementsOf(IntStream.range(0, calls)
                            .mapToObj(i -> "turn-" + i + "-")
                            .toList());
        }
    }

    /** Its scripted demo: three turns with calls, "done", then the error; ids by the number of the turn. */
    @Test
    void theScriptedDemoOfTheOldProgramRuns() throws Exception {
        Script script = Script.parse("""
                {"on_exhausted": "error", "turns": [
                  {"type": "tool_calls", "calls": [{"name": "bash", "arguments": { "command": "echo hello > /tmp/x.txt" }}]},
                  {"type": "tool_calls", "calls": [{"name": "bash", "arguments": { "command": "sed -i s/hello/world/ /tmp/x.txt" }}]},
                  {"type": "mixed", "text": "All done", "calls": [
                    {"name": "bash", "arguments": { "command": "cat /tmp/x.txt" }, "id": "call_verify"}]},
                  {"type": "assistant", "text": "done"}]}""");
        try (LlmSim gateway = builder(script).start()) {
            assertThat(post(gateway, CHAT, chat("turn 0")).body())
                    .contains("\"finish_reason\":\"tool_calls\"")
                    .contains("\"content\":null")
                    .contains("\"id\":\"call_llmsim_0_0\"")
                    .contains("\"arguments\":\"{\\\"command\\\":\\\"echo hello > /tmp/x.txt\\\"}\"");
            assertThat(post(gateway, CHAT, chat("turn 1")).body()).contains("\"id\":\"call_llmsim_1_0\"");
            assertThat(post(gateway, CHAT, chat("turn 2")).body())
                    .contains("\"content\":\"All done\"")
                    .contains("\"id\":\"call_verify\"")
                    .contains("\"finish_reason\":\"tool_calls\"");
            assertThat(post(gateway, CHAT, chat("turn 3")).body())
                    .contains("\"content\":\"done\"")
                    .contains("\"finish_reason\":\"stop\"");
            HttpResponse<String> over = post(gateway, CHAT, chat("turn 4"));
            assertThat(over.statusCode()).isEqualTo(500);
            assertThat(over.body())
                    .contains("\"message\":\"llmsim script exhausted (on_exhausted=error)\"")
                    .contains("\"type\":\"server_error\"");
        }
    }

    @Test
    void aModeThatPlaysNoScriptRefusesOne() {
        assertThatThrownBy(() -> LlmSim.builder(Mode.REPLAY)
                        .files(List.of(Path.of("cassettes")))
                        .script(Script.of(Turn.assistant("x")))
                        .start())
                .isInstanceOf(LlmSimException.class)
                .hasMessageContaining("script: given in mode replay (expected: mode simulate");
    }

    private static LlmSimBuilder builder(Script script) {
        return LlmSim.builder(Mode.SIMULATE)
                .script(script)
                .latency(Latency.INSTANT)
                .seed(7);
    }

    private static String chat(String user) {
        return "{\"model\":\"gpt-5\",\"messages\":[{\"role\":\"user\",\"content\":\"" + user + "\"}]}";
    }

    private static String source(HttpResponse<String> answer) {
        return answer.headers().firstValue("x-llmsim-source").orElse("none");
    }

    private HttpResponse<String> post(LlmSim gateway, String path, String json)
            throws IOException, InterruptedException {
        return client.send(request(gateway, path, json), HttpResponse.BodyHandlers.ofString());
    }

    private static HttpRequest request(LlmSim gateway, String path, String json) {
        return HttpRequest.newBuilder(URI.create(gateway.address() + path))
                .header("content-type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(json))
                .build();
    }

    private String get(LlmSim gateway, String path) throws IOException, InterruptedException {
        return client.send(
                        HttpRequest.newBuilder(URI.create(gateway.address() + path))
                                .build(),
                        HttpResponse.BodyHandlers.ofString())
                .body();
    }
}
