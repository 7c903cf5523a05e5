package dev.llmsim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.anthropic.client.AnthropicClient;
import com.anthropic.models.beta.messages.BetaContentBlockParam;
import com.anthropic.models.beta.messages.BetaRawMessageStreamEvent;
import com.google.genai.Client;
import com.google.genai.ResponseStream;
import com.google.genai.types.GenerateContentConfig;
import com.google.genai.types.GenerateContentResponse;
import com.openai.client.OpenAIClient;
import com.openai.errors.OpenAIServiceException;
import com.openai.models.chat.completions.ChatCompletionChunk;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import com.openai.models.chat.completions.ChatCompletionStreamOptions;
import dev.llmsim.gateway.RequestLog;
import dev.llmsim.mode.Mode;
import dev.llmsim.timing.Pace;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The shipped cassettes answer what the providers' own clients ask. */
class ShippedCassettesSdkTest {
    private final Queue<RequestLog.Line> lines = new ConcurrentLinkedQueue<>();

    @Test
    void openAi() {
        try (LlmSim sim = shipped()) {
            OpenAIClient client = Sdks.openAi(sim.baseUrl("openai"), "any");
            try (var raw = client.chat().completions().withRawResponse().createStreaming(capitalOf("Mexico"));
                    var answer = raw.parse()) {
                assertThat(raw.headers().values("x-llmsim-source")).containsExactly("recorded");
                assertThat(raw.headers().values("x-llmsim-recording")).containsExactly("openai/openai-chat-a1e3db26");
                List<ChatCompletionChunk> chunks = answer.stream().toList();
                assertThat(chunks).hasSize(11);
                assertThat(chunks.stream()
                                .flatMap(chunk -> chunk.choices().stream())
                                .flatMap(choice -> choice.delta().content().stream())
                                .collect(Collectors.joining()))
                        .isEqualTo("The capital of Mexico is Mexico City.");
            } finally {
                client.close();
            }
        }
    }

    @Test
    void anthropic() {
        var question = com.anthropic.models.beta.messages.MessageCreateParams.builder()
                .model("claude-sonnet-4-0")
                .maxTokens(4096)
                .enabledThinking(1024)
                .putAdditionalQueryParam("beta", "true")
                .addUserMessageOfContentBlockParams(List.of(BetaContentBlockParam.ofText("How do I cross the street?")))
                .build();
        try (LlmSim sim = shipped()) {
            AnthropicClient client = Sdks.anthropic(sim.baseUrl("anthropic"), "any");
            try (var raw = client.beta().messages().withRawResponse().createStreaming(question);
                    var answer = raw.parse()) {
                assertThat(raw.headers().values("x-llmsim-source")).containsExactly("recorded");
                List<BetaRawMessageStreamEvent> events = answer.stream().toList();
                assertThat(events.stream()
                                .flatMap(event -> event.contentBlockDelta().stream())
                                .flatMap(delta -> delta.delta().text().stream())
                                .map(text -> text.text())
                                .collect(Collectors.joining()))
                        .startsWith("Here are the basic steps for safely crossing the street:");
            } finally {
                client.close();
            }
        }
    }

    @Test
    void gemini() {
        GenerateContentConfig config = GenerateContentConfig.builder()
                .responseModalities("TEXT")
                .temperature(0.0f)
                .build();
        List<String> heard = new ArrayList<>();
        try (LlmSim sim = shipped();
                Client client = Sdks.gemini(sim.baseUrl("gemini"), "any");
                ResponseStream<GenerateContentResponse> answer =
                        client.models.generateContentStream("gemini-2.5-flash", "Reply with exactly: Paris", config)) {
            answer.forEach(part -> heard.add(String.valueOf(part.text())));
        }
        assertThat(heard).containsExactly("Paris");
        assertThat(lines).extracting(RequestLog.Line::source).containsExactly("recorded");
    }

    @Test
    void aMissIsAnErrorThatTheClientDoesNotRepeat() {
        OpenAIServiceException error;
        try (LlmSim sim = shipped()) {
            OpenAIClient client = com.openai.client.okhttp.OpenAIOkHttpClient.builder()
                    .baseUrl(sim.baseUrl("openai") + "/v1")
                    .apiKey("any")
                    .maxRetries(2)
                    .build();
            error = catchThrowableOfType(
                    OpenAIServiceException.class,
                    () -> client.chat().completions().createStreaming(capitalOf("Peru")));
            client.close();
        }
        assertThat(error.statusCode()).isEqualTo(424);
        assertThat(error).hasMessageContaining("openai-chat-a1e3db26");
        assertThat(lines).extracting(RequestLog.Line::status).containsExactly(424);
    }

    private LlmSim shipped() {
        return LlmSim.builder(Mode.REPLAY)
                .files(List.of(Path.of("cassettes")))
                .pace(Pace.INSTANT)
                .onRequest(lines::add)
                .start();
    }

    private static ChatCompletionCreateParams capitalOf(String country) {
        return ChatCompletionCreateParams.builder()
                .model("gpt-4o")
                .addUserMessage("What is the capital of " + country + "?")
                .streamOptions(
                        ChatCompletionStreamOptions.builder().includeUsage(true).build())
                .build();
    }
}
