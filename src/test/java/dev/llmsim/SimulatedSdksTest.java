package dev.llmsim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.anthropic.client.AnthropicClient;
import com.anthropic.core.JsonValue;
import com.anthropic.core.http.StreamResponse;
import com.anthropic.errors.NotFoundException;
import com.anthropic.helpers.MessageAccumulator;
import com.anthropic.models.messages.ContentBlock;
import com.anthropic.models.messages.ContentBlockParam;
import com.anthropic.models.messages.Message;
import com.anthropic.models.messages.MessageCountTokensParams;
import com.anthropic.models.messages.MessageCreateParams;
import com.anthropic.models.messages.RawMessageStreamEvent;
import com.anthropic.models.messages.StopReason;
import com.anthropic.models.messages.Tool;
import com.anthropic.models.messages.ToolResultBlockParam;
import com.google.genai.Client;
import com.google.genai.ResponseStream;
import com.google.genai.types.GenerateContentConfig;
import com.google.genai.types.GenerateContentResponse;
import dev.llmsim.mode.Latency;
import dev.llmsim.mode.Mode;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The clients of Anthropic and Google, as they are, before {@code llmsim serve}. */
class SimulatedSdksTest {
    private static LlmSim gateway;
    private static AnthropicClient anthropic;
    private static Client gemini;

    @BeforeAll
    static void start() {
        gateway = LlmSim.builder(Mode.SIMULATE).latency(Latency.INSTANT).seed(1).start();
        anthropic = Sdks.anthropic(gateway.baseUrl("anthropic"), "any");
        gemini = Sdks.gemini(gateway.baseUrl("gemini"), "any");
    }

    @AfterAll
    static void stop() {
        anthropic.close();
        gemini.close();
        gateway.close();
    }

    @Test
    void anthropicSaysTheSameStreamedAndNot() {
        MessageCreateParams asked = message("Tell me a story.").build();
        Message whole = anthropic.messages().create(asked);
        MessageAccumulator streamed = MessageAccumulator.create();
        try (StreamResponse<RawMessageStreamEvent> events = anthropic.messages().createStreaming(asked)) {
            events.stream().forEach(streamed::accumulate);
        }

        assertThat(text(whole)).isNotBlank();
        assertThat(text(streamed.message())).isEqualTo(text(whole));
        assertThat(streamed.message().usage().outputTokens())
                .isEqualTo(whole.usage().outputTokens());
        assertThat(whole.stopReason()).contains(StopReason.END_TURN);
    }

    @Test
    void anthropicsToolLoopEndsOnceTheResultIsIn() {
        MessageCreateParams.Builder asked = message("What is the weather in Paris?")
                .addTool(Tool.builder()
                        .name("get_weather")
                        .inputSchema(Tool.InputSchema.builder()
                                .properties(Tool.InputSchema.Properties.builder()
                                        .putAdditionalProperty("city", JsonValue.from(Map.of("type", "string")))
                                        .build())
                                .build())
                        .build());
        Message first = anthropic.messages().create(asked.build());
        assertThat(first.stopReason()).contains(StopReason.TOOL_USE);
        String id = first.content().stream()
                .flatMap(block -> block.toolUse().stream())
                .findFirst()
                .orElseThrow()
                .id();

        asked.addMessage(first)
                .addUserMessageOfContentBlockParams(
                        List.of(ContentBlockParam.ofToolResult(ToolResultBlockParam.builder()
                                .toolUseId(id)
                                .content("sunny")
                                .build())));
        Message second = anthropic.messages().create(asked.build());
        assertThat(second.stopReason()).contains(StopReason.END_TURN);
        assertThat(text(second)).isNotBlank();
    }

    @Test
    void anthropicCountsStopsAndRefuses() {
        Message brief = anthropic
                .messages()
                .create(message("Tell me a story.").maxTokens(3).build());
        assertThat(brief.stopReason()).contains(StopReason.MAX_TOKENS);
        assertThat(brief.usage().outputTokens()).isEqualTo(3);
        long counted = anthropic
                .messages()
                .countTokens(MessageCountTokensParams.builder()
                        .model("claude-sonnet-4-5")
                        .addUserMessage("Tell me a story.")
                        .build())
                .inputTokens();
        assertThat(counted).isEqualTo(brief.usage().inputTokens());
        assertThat(anthropic.models().list().data()).isNotEmpty();
        assertThatThrownBy(() -> anthropic.models().retrieve("no-such-model")).isInstanceOf(NotFoundException.class);
    }

    @Test
    void geminiSaysTheSameStreamedAndNot() {
        GenerateContentConfig seeded = GenerateContentConfig.builder().seed(3).build();
        GenerateContentResponse whole = gemini.models.generateContent("gemini-2.0-flash", "Tell me a story.", seeded);
        StringBuilder streamed = new StringBuilder();
        try (ResponseStream<GenerateContentResponse> parts =
                gemini.models.generateContentStream("gemini-2.0-flash", "Tell me a story.", seeded)) {
            parts.forEach(part -> streamed.append(part.text() == null ? "" : part.text()));
        }

        assertThat(whole.text()).isNotBlank();
        assertThat(streamed).hasToString(whole.text());
        assertThat(whole.usageMetadata().orElseThrow().totalTokenCount()).isPresent();
    }

    @Test
    void geminiCountsAndEmbeds() {
        assertThat(gemini.models
                        .countTokens("gemini-2.0-flash", "Tell me a story.", null)
                        .totalTokens()
                        .orElseThrow())
                .isPositive();
        assertThat(gemini.models
                        .embedContent("gemini-embedding-001", "a red house", null)
                        .embeddings()
                        .orElseThrow()
                        .get(0)
                        .values()
                        .orElseThrow())
                .isNotEmpty();
    }

    private static MessageCreateParams.Builder message(String text) {
        return MessageCreateParams.builder()
                .model("claude-sonnet-4-5")
                .maxTokens(1000)
                .addUserMessage(text);
    }

    private static String text(Message message) {
        return message.content().stream()
                .map(ContentBlock::text)
                .flatMap(block -> block.stream())
                .map(block -> block.text())
                .collect(Collectors.joining());
    }
}
