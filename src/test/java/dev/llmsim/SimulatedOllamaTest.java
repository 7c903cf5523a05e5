package dev.llmsim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.data.embedding.Embedding;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.ToolExecutionResultMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.data.segment.TextSegment;
import dev.langchain4j.exception.InvalidRequestException;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.request.ResponseFormat;
import dev.langchain4j.model.chat.request.ResponseFormatType;
import dev.langchain4j.model.chat.request.json.JsonObjectSchema;
import dev.langchain4j.model.chat.request.json.JsonSchema;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import dev.langchain4j.model.ollama.OllamaChatModel;
import dev.langchain4j.model.ollama.OllamaEmbeddingModel;
import dev.langchain4j.model.ollama.OllamaModels;
import dev.langchain4j.model.ollama.OllamaStreamingChatModel;
import dev.langchain4j.model.output.FinishReason;
import dev.llmsim.exchange.Bytes;
import dev.llmsim.mode.Latency;
import dev.llmsim.mode.Mode;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** LangChain4j's client of Ollama, as it is, before {@code llmsim serve}. */
class SimulatedOllamaTest {
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
        ChatResponse whole = chat("llama3.2").chat(asked("Tell me a story.").build());
        List<String> parts = new ArrayList<>();
        ChatResponse streamed = streamed(asked("Tell me a story.").build(), parts);

        assertThat(whole.aiMessage().text()).isNotBlank();
        assertThat(streamed.aiMessage().text()).isEqualTo(whole.aiMessage().text());
        assertThat(String.join("", parts)).isEqualTo(whole.aiMessage().text());
        assertThat(parts).hasSizeGreaterThan(5).hasSize(streamed.tokenUsage().outputTokenCount());
        assertThat(streamed.tokenUsage()).isEqualTo(whole.tokenUsage());
        assertThat(whole.finishReason()).isEqualTo(FinishReason.STOP);
    }

    @Test
    void aToolLoopEndsOnceTheResultIsIn() {
        ToolSpecification tool = ToolSpecification.builder()
                .name("get_weather")
                .description("The weather of a city")
                .parameters(JsonObjectSchema.builder()
                        .addStringProperty("city")
                        .required("city")
                        .build())
                .build();
        List<ChatMessage> messages = new ArrayList<>();
        messages.add(UserMessage.from("What is the weather in Paris?"));
        ChatResponse first = chat("llama3.2")
                .chat(ChatRequest.builder()
                        .messages(messages)
                        .toolSpecifications(tool)
                        .build());
        ToolExecutionRequest call = first.aiMessage().toolExecutionRequests().get(0);
        assertThat(call.name()).isEqualTo("get_weather");
        assertThat(call.arguments()).contains("\"city\"");

        messages.add(first.aiMessage());
        messages.add(ToolExecutionResultMessage.from(call, "sunny"));
        ChatResponse second = chat("llama3.2")
                .chat(ChatRequest.builder()
                        .messages(messages)
                        .toolSpecifications(tool)
                        .build());
        assertThat(second.aiMessage().hasToolExecutionRequests()).isFalse();
        assertThat(second.aiMessage().text()).isNotBlank();
    }

    @Test
    void aSchemaIsObeyed() {
        ResponseFormat city = ResponseFormat.builder()
                .type(ResponseFormatType.JSON)
                .jsonSchema(JsonSchema.builder()
                        .name("city")
                        .rootElement(JsonObjectSchema.builder()
                                .addStringProperty("name")
                                .addIntegerProperty("inhabitants")
                                .required("name", "inhabitants")
                                .build())
                        .build())
                .build();

        ChatResponse answer =
                chat("llama3.2").chat(asked("A city.").responseFormat(city).build());

        assertThat(answer.aiMessage().text()).startsWith("{").contains("\"name\":", "\"inhabitants\":");
    }

    @Test
    void aLimitAndThoughtsAndAWrongRequest() {
        OllamaChatModel thinking = OllamaChatModel.builder()
                .baseUrl(base())
                .modelName("qwen3:8b")
                .think(true)
                .returnThinking(true)
                .build();
        OllamaChatModel wrong = OllamaChatModel.builder()
                .baseUrl(base())
                .modelName("llama3.2")
                .think(true)
                .maxRetries(0)
                .build();

        ChatResponse brief = chat("llama3.2")
                .chat(asked("Tell me a story.").maxOutputTokens(3).build());
        assertThat(brief.finishReason()).isEqualTo(FinishReason.LENGTH);
        assertThat(brief.tokenUsage().outputTokenCount()).isEqualTo(3);
        assertThat(thinking.chat(asked("Why?").build()).aiMessage().thinking()).isNotBlank();
        assertThatThrownBy(() -> wrong.chat("Why?"))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("does not support thinking");
    }

    @Test
    void embedsAndListsModels() {
        OllamaEmbeddingModel model = OllamaEmbeddingModel.builder()
                .baseUrl(base())
                .modelName("nomic-embed-text")
                .build();
        List<Embedding> vectors = model.embedAll(List.of(
                        TextSegment.from("a red house"), TextSegment.from("a red house"), TextSegment.from("quarks")))
                .content();

        assertThat(vectors).hasSize(3).allMatch(vector -> vector.dimension() == 768);
        assertThat(vectors.get(0)).isEqualTo(vectors.get(1)).isNotEqualTo(vectors.get(2));
        OllamaModels models = OllamaModels.builder().baseUrl(base()).build();
        assertThat(models.availableModels().content())
                .anyMatch(one -> one.getName().equals("llama3.2:latest"));
        assertThat(models.modelCard("llama3.2").content().getDetails().getFamily())
                .isEqualTo("llama");
    }

    @Test
    void aSeedGivesTheSameBytesAndTheCompatiblePathSpeaksOpenAi() throws Exception {
        String chat = "{\"model\":\"llama3.2\",\"messages\":[{\"role\":\"user\",\"content\":\"Dice.\"}]";
        HttpResponse<byte[]> one = post("/api/chat", chat + ",\"options\":{\"seed\":7}}");
        HttpResponse<byte[]> other = post("/api/chat", chat + ",\"options\":{\"seed\":7}}");
        HttpResponse<byte[]> compatible = post("/v1/chat/completions", chat + "}");

        assertThat(one.body()).isEqualTo(other.body());
        assertThat(Asking.header(one, "content-type")).isEqualTo("application/x-ndjson");
        assertThat(Asking.header(one, "x-llmsim-source")).isEqualTo("synthetic");
        assertThat(new String(compatible.body(), StandardCharsets.UTF_8))
                .contains("\"object\":\"chat.completion\"", "\"model\":\"llama3.2\"");
    }

    private static HttpResponse<byte[]> post(String target, String json) throws Exception {
        return Asking.ask(gateway, new Conversation.Asked("ollama", "POST", target, List.of(), Bytes.utf8(json)));
    }

    private static ChatRequest.Builder asked(String text) {
        return ChatRequest.builder().messages(UserMessage.from(text));
    }

    private static OllamaChatModel chat(String model) {
        return OllamaChatModel.builder().baseUrl(base()).modelName(model).build();
    }

    private static ChatResponse streamed(ChatRequest asked, List<String> parts) throws Exception {
        OllamaStreamingChatModel model = OllamaStreamingChatModel.builder()
                .baseUrl(base())
                .modelName("llama3.2")
                .build();
        CompletableFuture<ChatResponse> complete = new CompletableFuture<>();
        model.chat(asked, new StreamingChatResponseHandler() {
            @Override
            public void onPartialResponse(String part) {
                parts.add(part);
            }

            @Override
            public void onCompleteResponse(ChatResponse response) {
                complete.complete(response);
            }

            @Override
            public void onError(Throwable error) {
                complete.completeExceptionally(error);
            }
        });
        return complete.get();
    }

    private static String base() {
        return gateway.baseUrl("ollama").toString();
    }
}
