package dev.llmsim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.openai.azure.AzureUrlPathMode;
import com.openai.azure.credential.AzureApiKeyCredential;
import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.core.http.StreamResponse;
import com.openai.errors.BadRequestException;
import com.openai.helpers.ChatCompletionAccumulator;
import com.openai.models.chat.completions.ChatCompletion;
import com.openai.models.chat.completions.ChatCompletionChunk;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import com.openai.models.embeddings.EmbeddingCreateParams;
import dev.llmsim.mode.Latency;
import dev.llmsim.mode.Mode;
import dev.llmsim.provider.Upstreams;
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

/** OpenAI's own client, as it is, before {@code llmsim serve}, under the paths of all who offer OpenAI's API. */
class SimulatedUpstreamsTest {
    private static LlmSim gateway;
    private static final List<OpenAIClient> CLIENTS = new ArrayList<>();

    @BeforeAll
    static void start() {
        gateway = LlmSim.builder(Mode.SIMULATE).latency(Latency.INSTANT).seed(1).start();
    }

    @AfterAll
    static void stop() {
        CLIENTS.forEach(OpenAIClient::close);
        gateway.close();
    }

    /** The bases that these services document for clients of OpenAI, behind their hosts. */
    @ParameterizedTest
    @CsvSource({
        "openai, /v1, gpt-4o",
        "groq, /openai/v1, llama-3.3-70b-versatile",
        "mistral, /v1, mistral-small-latest",
        "deepseek, '', deepseek-chat",
        "deepseek, /v1, deepseek-chat",
        "openrouter, /api/v1, openai/gpt-4o",
        "xai, /v1, grok-4",
        "zai, /api/paas/v4, glm-4.6",
        "together, /v1, meta-llama/Llama-3.3-70B-Instruct-Turbo",
        "fireworks, /inference/v1, accounts/fireworks/models/llama-v3p1-8b-instruct",
        "cerebras, /v1, gpt-oss-120b",
        "huggingface, /v1, openai/gpt-oss-20b:groq",
        "ollama, /v1, llama3.2",
        "cohere, /compatibility/v1, command-a-03-2025",
        "gemini, /v1beta/openai, gemini-2.5-flash",
        "azure, /openai/v1, gpt-4o"
    })
    void chatsAndListsModelsUnderItsOwnPath(String upstream, String path, String model) {
        OpenAIClient client = kept(client(upstream, path));
        ChatCompletion whole = client.chat().completions().create(asked(model));
        ChatCompletionAccumulator streamed = ChatCompletionAccumulator.create();
        try (StreamResponse<ChatCompletionChunk> chunks =
                client.chat().completions().createStreaming(asked(model))) {
            chunks.stream().filter(chunk -> !chunk.choices().isEmpty()).forEach(streamed::accumulate);
        }

        whole.validate();
        assertThat(whole.model()).isEqualTo(model);
        assertThat(text(whole)).isNotBlank();
        assertThat(text(streamed.chatCompletion())).isEqualTo(text(whole));
        assertThat(whole.usage().orElseThrow().totalTokens()).isPositive();
        if (!upstream.equals("cohere")) {
            assertThat(client.models().list().data()).isNotEmpty();
        }
        assertThatThrownBy(() -> client.chat()
                        .completions()
                        .create(asked(model).toBuilder().temperature(9).build()))
                .isInstanceOf(BadRequestException.class);
    }

    @Test
    void azuresDeploymentsStandForModels() {
        OpenAIClient client = kept(OpenAIOkHttpClient.builder()
                .baseUrl(gateway.baseUrl("azure") + "/")
                .credential(AzureApiKeyCredential.create("any"))
                .azureUrlPathMode(AzureUrlPathMode.LEGACY)
                .maxRetries(0)
                .build());
        List<ChatCompletionChunk> chunks = new ArrayList<>();
        try (StreamResponse<ChatCompletionChunk> stream =
                client.chat().completions().createStreaming(asked("my-gpt"))) {
            stream.stream().forEach(chunks::add);
        }

        assertThat(chunks.get(0).choices()).isEmpty();
        assertThat(chunks.get(1).model()).isEqualTo("my-gpt");
        assertThat(client.embeddings()
                        .create(EmbeddingCreateParams.builder()
                                .model("text-embedding-3-small")
                                .input("a")
                                .build())
                        .data())
                .hasSize(1);
    }

    /** As the real services do: a client with a wrong base address is to find out here and not there. */
    @ParameterizedTest
    @CsvSource({
        "openai, /v1/models, 200",
        "openai, /models, 404",
        "openai, /v1/v1/models, 404",
        "openai, /openai/v1/models, 404",
        "anthropic, /v1/models, 200",
        "anthropic, /models, 404",
        "anthropic, /v1/v1/models, 404"
    })
    void anApiIsWhereItsProviderHasItAndNowhereElse(String upstream, String path, int status) throws Exception {
        HttpResponse<String> answer = get(gateway.baseUrl(upstream) + path);

        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(answer.headers().firstValue("x-llmsim-source")).contains("synthetic");
        assertThat(answer.body()).contains(status == 200 ? "\"data\":[{" : "\"error\":{");
    }

    @ParameterizedTest
    @CsvSource({
        "https://api.openai.com/v1, /models",
        "http://127.0.0.1:9/proxy, /v1/models",
        "http://127.0.0.1:9, /v1/models"
    })
    void theAddressOfAnUpstreamMayHoldTheBeginningOfThePath(String base, String path) throws Exception {
        try (LlmSim other = LlmSim.builder(Mode.SIMULATE)
                .latency(Latency.INSTANT)
                .upstreams(Upstreams.wellKnown().with("openai=" + base))
                .start()) {
            assertThat(get(other.baseUrl("openai") + path).statusCode()).isEqualTo(200);
        }
    }

    private static HttpResponse<String> get(String url) throws Exception {
        return HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(URI.create(url)).build(), HttpResponse.BodyHandlers.ofString());
    }

    private static OpenAIClient client(String upstream, String path) {
        return OpenAIOkHttpClient.builder()
                .baseUrl(gateway.baseUrl(upstream) + path)
                .apiKey("any")
                .maxRetries(0)
                .build();
    }

    private static OpenAIClient kept(OpenAIClient client) {
        CLIENTS.add(client);
        return client;
    }

    private static ChatCompletionCreateParams asked(String model) {
        return ChatCompletionCreateParams.builder()
                .model(model)
                .addUserMessage("Tell me a story.")
                .build();
    }

    private static String text(ChatCompletion completion) {
        return completion.choices().get(0).message().content().orElseThrow();
    }
}
