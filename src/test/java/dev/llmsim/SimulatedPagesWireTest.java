package dev.llmsim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.llmsim.mode.Latency;
import dev.llmsim.mode.Mode;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What scripts and pages ask {@code llmsim serve} for beside answers. */
class SimulatedPagesWireTest {
    private final HttpClient client = HttpClient.newHttpClient();
    private LlmSim gateway;

    @BeforeEach
    void start() {
        gateway = LlmSim.builder(Mode.SIMULATE).latency(Latency.INSTANT).start();
    }

    @AfterEach
    void stop() {
        gateway.close();
    }

    @Test
    void healthBeginsAsScriptsExpect() throws Exception {
        assertThat(get("/health").body()).startsWith("{\"status\":\"ok\",\"service\":\"llmsim\"");
    }

    @Test
    void statsHaveEveryKeyThatClientsRead() throws Exception {
        assertThat(get("/llmsim/stats").body())
                .contains("\"uptime_secs\":")
                .contains("\"total_requests\":0,\"active_requests\":0,\"streaming_requests\":0")
                .contains("\"requests_per_second\":0.0,\"avg_latency_ms\":null,\"min_latency_ms\":null,"
                        + "\"max_latency_ms\":null,\"model_requests\":{}");
    }

    @Test
    void statsCountRequestsModelsTokensAndErrors() throws Exception {
        post("{\"model\":\"gpt-4o\",\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}],\"max_tokens\":5}");
        post("{\"model\":\"o3\",\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}],\"stream\":true}");
        assertThat(post("{\"model\":\"o3\"}").statusCode()).isEqualTo(400);
        get("/health");

        await().untilAsserted(() -> assertThat(get("/llmsim/stats").body())
                .contains("\"total_requests\":3,\"active_requests\":0,\"streaming_requests\":1,"
                        + "\"non_streaming_requests\":2,\"completions_requests\":3,")
                .contains("\"total_errors\":1,\"rate_limit_errors\":0")
                .contains("\"requests_per_second\":0.05,\"avg_latency_ms\":")
                .contains("\"model_requests\":{\"gpt-4o\":1,\"o3\":1}")
                .doesNotContain("\"completion_tokens\":0")
                .doesNotContain("\"max_latency_ms\":null"));
    }

    @Test
    void anyOptionsRequestIsPermittedWhatItNames() throws Exception {
        HttpResponse<String> asked = send(HttpRequest.newBuilder(uri("/openai/v1/chat/completions"))
                .method("OPTIONS", HttpRequest.BodyPublishers.noBody())
                .header("access-control-request-method", "DELETE")
                .header("access-control-request-headers", "x-a, x-b"));
        assertThat(asked.statusCode()).isEqualTo(200);
        assertThat(asked.headers().firstValue("access-control-allow-origin")).contains("*");
        assertThat(asked.headers().firstValue("access-control-allow-methods")).contains("DELETE");
        assertThat(asked.headers().firstValue("access-control-allow-headers")).contains("x-a, x-b");

        for (String path : List.of("/x", "/health")) {
            HttpResponse<String> bare =
                    send(HttpRequest.newBuilder(uri(path)).method("OPTIONS", HttpRequest.BodyPublishers.noBody()));
            assertThat(bare.statusCode()).isEqualTo(200);
            assertThat(bare.headers().firstValue("access-control-allow-methods"))
                    .contains("*");
        }
    }

    @Test
    void everyAnswerMayBeReadByPages() throws Exception {
        for (HttpResponse<String> answer : List.of(
                post("{\"model\":\"gpt-4o\",\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}"),
                post("{}"),
                get("/openai/v1/models"),
                get("/health"),
                get("/nowhere"))) {
            assertThat(answer.headers().firstValue("access-control-allow-origin"))
                    .contains("*");
            assertThat(answer.headers().firstValue("access-control-expose-headers"))
                    .contains("*");
        }
    }

    private URI uri(String path) {
        return gateway.address().resolve(path);
    }

    private HttpResponse<String> post(String json) throws Exception {
        return send(HttpRequest.newBuilder(uri("/openai/v1/chat/completions"))
                .header("content-type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(json)));
    }

    private HttpResponse<String> get(String path) throws Exception {
        return send(HttpRequest.newBuilder(uri(path)));
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }
}
