package dev.llmsim;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmsim.mode.Mode;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Bodies that no client means, at every simulated endpoint: each is refused in the provider's words, none is an error of ours. */
class HostileBodiesTest {
    private static final List<byte[]> BODIES = List.of(
            bytes(""),
            bytes("null"),
            bytes("[]"),
            bytes("\"text\""),
            bytes("{"),
            bytes("[".repeat(100_000)),
            bytes("{\"a\":".repeat(5_000) + "1" + "}".repeat(5_000)),
            bytes("{\"model\":" + "9".repeat(5_000) + "}"),
            new byte[] {(byte) 0xff, (byte) 0xfe, '{', 0});

    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static LlmSim gateway;

    @BeforeAll
    static void start() {
        gateway = LlmSim.builder(Mode.SIMULATE).seed(1).start();
    }

    @AfterAll
    static void stop() {
        gateway.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/openai/v1/chat/completions",
                "/openai/v1/completions",
                "/openai/v1/responses",
                "/openai/v1/responses/input_tokens",
                "/openai/v1/embeddings",
                "/openai/v1/moderations",
                "/openai/v1/images/generations",
                "/openresponses/v1/responses",
                "/anthropic/v1/messages",
                "/anthropic/v1/messages/count_tokens",
                "/gemini/v1beta/models/gemini-2.5-flash:generateContent",
                "/gemini/v1beta/models/gemini-2.5-flash:streamGenerateContent?alt=sse",
                "/gemini/v1beta/models/gemini-embedding-001:batchEmbedContents",
                "/gemini/v1beta/openai/chat/completions",
                "/ollama/api/chat",
                "/ollama/api/generate",
                "/ollama/api/embed",
                "/azure/openai/deployments/d/chat/completions?api-version=2024-06-01",
                "/cohere/v2/chat",
                "/cohere/v2/embed",
                "/bedrock/model/anthropic.claude-3-5-sonnet-20241022-v2%3A0/converse",
                "/bedrock/model/anthropic.claude-3-5-sonnet-20241022-v2%3A0/converse-stream",
                "/bedrock/model/anthropic.claude-3-5-sonnet-20241022-v2%3A0/invoke",
                "/bedrock/model/meta.llama3-8b-instruct-v1%3A0/invoke"
            })
    void areRefused(String path) throws Exception {
        for (byte[] body : BODIES) {
            HttpRequest request = HttpRequest.newBuilder(URI.create(gateway.address() + path))
                    .header("content-type", "application/json")
                    .POST(HttpRequest.BodyPublishers.ofByteArray(body))
                    .build();
            HttpResponse<String> answer = HTTP.send(request, HttpResponse.BodyHandlers.ofString());

            assertThat(answer.statusCode())
                    .as("%s with %.40s: %.200s", path, new String(body, StandardCharsets.ISO_8859_1), answer.body())
                    .isBetween(400, 499);
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
