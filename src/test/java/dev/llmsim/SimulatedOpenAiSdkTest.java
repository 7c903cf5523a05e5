package dev.llmsim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.openai.client.OpenAIClient;
import com.openai.core.JsonValue;
import com.openai.core.http.StreamResponse;
import com.openai.errors.BadRequestException;
import com.openai.errors.NotFoundException;
import com.openai.helpers.ChatCompletionAccumulator;
import com.openai.models.FunctionDefinition;
import com.openai.models.FunctionParameters;
import com.openai.models.chat.completions.ChatCompletion;
import com.openai.models.chat.completions.ChatCompletionChunk;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import com.openai.models.chat.completions.ChatCompletionFunctionTool;
import com.openai.models.chat.completions.ChatCompletionMessage;
import com.openai.models.chat.completions.ChatCompletionMessageFunctionToolCall;
import com.openai.models.chat.completions.ChatCompletionStreamOptions;
import com.openai.models.chat.completions.ChatCompletionToolMessageParam;
import com.openai.models.embeddings.CreateEmbeddingResponse;
import com.openai.models.embeddings.EmbeddingCreateParams;
import com.openai.models.moderations.ModerationCreateParams;
import dev.llmsim.mode.Latency;
import dev.llmsim.mode.Mode;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** OpenAI's own client, as it is, before {@code llmsim serve}. */
class SimulatedOpenAiSdkTest {
    private static LlmSim gateway;
    private static OpenAIClient client;

    @BeforeAll
    static void start() {
        gateway = LlmSim.builder(Mode.SIMULATE).latency(Latency.INSTANT).seed(1).start();
        client = Sdks.openAi(gateway.baseUrl("openai"), "any");
    }

    @AfterAll
    static void stop() {
        client.close();
        gateway.close();
    }

    /** What an answer must have the shape of, for structured output. */
    static final class City {
        public String name = "";
        public int inhabitants;
        public List<String> districts = List.of();
    }

    @Test
    void theSameRequestGetsTheSameTextStreamedAndNot() {
        ChatCompletionCreateParams asked = chat("gpt-4o", "Tell me a story.")
                .temperature(0)
                .streamOptions(
                        ChatCompletionStreamOptions.builder().includeUsage(true).build())
                .build();
        ChatCompletionCreateParams whole = asked.toBuilder()
                .streamOptions((ChatCompletionStreamOptions) null)
                .build();
        ChatCompletion answer = client.chat().completions().create(whole);

        ChatCompletionAccumulator streamed = ChatCompletionAccumulator.create();
        try (StreamResponse<ChatCompletionChunk> chunks =
                client.chat().completions().createStreaming(asked)) {
            chunks.stream().forEach(streamed::accumulate);
        }
        String text = answer.choices().get(0).message().content().orElseThrow();
        assertThat(text).isNotBlank();
        assertThat(streamed.chatCompletion().choices().get(0).message().content())
                .contains(text);
        assertThat(streamed.chatCompletion().usage()).isEqualTo(answer.usage());
        assertThat(answer.usage().orElseThrow().promptTokens()).isEqualTo(12);
    }

    @Test
    void theSameSeedGetsTheSameAnswer() {
        ChatCompletionCreateParams asked = chat("gpt-4o", "Dice.")
                .putAdditionalBodyProperty("seed", JsonValue.from(7))
                .build();

        assertThat(client.chat().completions().create(asked).toString())
                .isEqualTo(client.chat().completions().create(asked).toString());
    }

    @Test
    void aToolLoopEndsOnceTheResultIsIn() {
        ChatCompletionCreateParams.Builder asked = chat("gpt-4o", "What is the weather in Paris?")
                .addTool(ChatCompletionFunctionTool.builder()
                        .function(FunctionDefinition.builder()
                                .name("get_weather")
                                .parameters(FunctionParameters.builder()
                                        .putAdditionalProperty("type", JsonValue.from("object"))
                                        .putAdditionalProperty(
                                                "properties", JsonValue.from(Map.of("city", Map.of("type", "string"))))
                                        .putAdditionalProperty("required", JsonValue.from(List.of("city")))
                                        .build())
                                .build())
                        .build());
        ChatCompletion.Choice first =
                client.chat().completions().create(asked.build()).choices().get(0);
        assertThat(first.finishReason()).isEqualTo(ChatCompletion.Choice.FinishReason.TOOL_CALLS);
        ChatCompletionMessage message = first.message();
        ChatCompletionMessageFunctionToolCall call =
                message.toolCalls().orElseThrow().get(0).asFunction();
        assertThat(call.function().name()).isEqualTo("get_weather");
        assertThat(call.function().arguments()).contains("\"city\":");

        asked.addMessage(message)
                .addMessage(ChatCompletionToolMessageParam.builder()
                        .toolCallId(call.id())
                        .content("sunny")
                        .build());
        ChatCompletion.Choice second =
                client.chat().completions().create(asked.build()).choices().get(0);
        assertThat(second.finishReason()).isEqualTo(ChatCompletion.Choice.FinishReason.STOP);
        assertThat(second.message().content().orElseThrow()).isNotBlank();
    }

    @Test
    void structuredOutputIsReadIntoItsClass() {
        City city = client.chat()
                .completions()
                .create(chat("gpt-4o", "A city.").responseFormat(City.class).build())
                .choices()
                .get(0)
                .message()
                .content()
                .orElseThrow();

        assertThat(city.name).isNotNull();
        assertThat(city.districts).isNotNull();
    }

    @Test
    void embeddingsAreUnitVectorsThatDependOnTheText() {
        CreateEmbeddingResponse answer = client.embeddings()
                .create(EmbeddingCreateParams.builder()
                        .model("text-embedding-3-small")
                        .inputOfArrayOfStrings(List.of("a red house", "a red house", "quantum chromodynamics"))
                        .dimensions(256)
                        .build());

        List<List<Float>> vectors =
                answer.data().stream().map(one -> one.embedding()).toList();
        assertThat(vectors).hasSize(3).allMatch(vector -> vector.size() == 256);
        assertThat(vectors.get(0)).isEqualTo(vectors.get(1)).isNotEqualTo(vectors.get(2));
    }

    @Test
    void modelsAndModerations() {
        assertThat(client.models().list().data()).anyMatch(model -> model.id().equals("gpt-5"));
        assertThat(client.moderations()
                        .create(ModerationCreateParams.builder()
                                .input("good morning")
                                .build())
                        .results()
                        .get(0)
                        .flagged())
                .isFalse();
    }

    @Test
    void wrongRequestsRaiseTypedErrors() {
        assertThatThrownBy(() -> client.chat()
                        .completions()
                        .create(chat("gpt-4o", "hi").temperature(9).build()))
                .isInstanceOf(BadRequestException.class)
                .hasMessageContaining("temperature");
        assertThatThrownBy(() -> client.models().retrieve("no-such-model")).isInstanceOf(NotFoundException.class);
    }

    private static ChatCompletionCreateParams.Builder chat(String model, String text) {
        return ChatCompletionCreateParams.builder().model(model).addUserMessage(text);
    }
}
