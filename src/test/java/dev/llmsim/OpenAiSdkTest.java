package dev.llmsim;

import static com.github.tomakehurst.wiremock.client.WireMock.matchingJsonPath;
import static org.assertj.core.api.Assertions.assertThat;

import com.openai.client.OpenAIClient;
import com.openai.core.http.StreamResponse;
import com.openai.models.chat.completions.ChatCompletionChunk;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import com.openai.models.chat.completions.ChatCompletionStreamOptions;
import com.openai.models.responses.ResponseCreateParams;
import com.openai.models.responses.ResponseStreamEvent;
import dev.llmsim.testkit.RawUpstream;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The OpenAI SDK hears from a tape what it heard from the provider. */
class OpenAiSdkTest {
    private static final String CHAT = "openai-chat-a1e3db26";
    private static final String RESPONSE = "openai-responses-2f1b17a9";
    private static final String RESPONSE_STREAM = "openai-responses-4c30a6d1";

    @TempDir
    Path tape;

    @Test
    void responsesWithAndWithoutStream() {
        TwoTakes takes = new TwoTakes(tape, "openai");
        List<String> direct;
        TwoTakes.Take recorded;
        try (WireMockProvider provider = WireMockProvider.start()
                .answering("/v1/responses", RESPONSE, stub -> stub)
                .answering(
                        "/v1/responses",
                        RESPONSE_STREAM,
                        stub -> stub.withRequestBody(matchingJsonPath("$[?(@.stream == true)]")))) {
            direct = responses(provider.uri(), "sk-direct");
            recorded = takes.recorded(provider.uri(), OpenAiSdkTest::responses);
            assertThat(provider.received("authorization"))
                    .contains("Bearer sk-recording-1f0c7b2e94")
                    .hasSize(4);
        }
        TwoTakes.Take replayed = takes.replayed(OpenAiSdkTest::responses);

        assertThat(direct).first().asString().contains("The capital of France is Paris.");
        assertThat(direct).hasSizeGreaterThan(5).last().asString().contains("response.completed");
        assertThat(recorded.heard()).isEqualTo(direct);
        assertThat(replayed.heard()).isEqualTo(direct);
        assertThat(recorded.answers()).containsExactly("upstream 200", "upstream 200");
        assertThat(replayed.answers()).containsExactly("recorded 200", "recorded 200");
    }

    @Test
    void chatStreamCutInsideCharactersWithCommentsAndDataOfSeveralLines() throws IOException {
        TwoTakes takes = new TwoTakes(tape, "openai");
        String clean = WireMockProvider.shipped(CHAT).response().body().utf8().replace(" City", " Città 🌮 墨西哥城");
        List<String> direct;
        TwoTakes.Take recorded;
        try (RawUpstream provider = MessyEventStream.provider(MessyEventStream.of(clean, "choices"))) {
            direct = chat(provider.uri(), "sk-direct");
            recorded = takes.recorded(provider.uri(), OpenAiSdkTest::chat);
        }
        TwoTakes.Take replayed = takes.replayed(OpenAiSdkTest::chat);

        assertThat(direct).first().isEqualTo("The capital of Mexico is Mexico Città 🌮 墨西哥城.");
        assertThat(direct).last().asString().contains("totalTokens=22");
        assertThat(recorded.heard()).isEqualTo(direct);
        assertThat(replayed.heard()).isEqualTo(direct);
        assertThat(recorded.answers()).containsExactly("upstream 200");
        assertThat(replayed.answers()).containsExactly("recorded 200");
    }

    private static List<String> responses(URI base, String apiKey) {
        OpenAIClient client = Sdks.openAi(base, apiKey);
        try {
            List<String> heard = new ArrayList<>();
            heard.add(client.responses()
                    .create(question("gpt-4o", "What is the capital of France?"))
                    .toString());
            try (StreamResponse<ResponseStreamEvent> events =
                    client.responses().createStreaming(question("gpt-5.2", "What is 2+2?"))) {
                events.stream().map(ResponseStreamEvent::toString).forEach(heard::add);
            }
            return heard;
        } finally {
            client.close();
        }
    }

    private static ResponseCreateParams question(String model, String text) {
        return ResponseCreateParams.builder().model(model).input(text).build();
    }

    /** The text, then every chunk. */
    private static List<String> chat(URI base, String apiKey) {
        OpenAIClient client = Sdks.openAi(base, apiKey);
        ChatCompletionCreateParams question = ChatCompletionCreateParams.builder()
                .model("gpt-4o")
                .addUserMessage("What is the capital of Mexico?")
                .streamOptions(
                        ChatCompletionStreamOptions.builder().includeUsage(true).build())
                .build();
        try (StreamResponse<ChatCompletionChunk> answer =
                client.chat().completions().createStreaming(question)) {
            List<ChatCompletionChunk> chunks = answer.stream().toList();
            List<String> heard = new ArrayList<>();
            heard.add(chunks.stream()
                    .flatMap(chunk -> chunk.choices().stream())
                    .flatMap(choice -> choice.delta().content().stream())
                    .collect(Collectors.joining()));
            chunks.forEach(chunk -> heard.add(chunk.toString()));
            return heard;
        } finally {
            client.close();
        }
    }
}
