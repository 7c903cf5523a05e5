package dev.llmsim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.llmsim.mode.Latency;
import dev.llmsim.mode.Mode;
import dev.llmsim.timing.LatencyProfile;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.document.Document;
import software.amazon.awssdk.services.bedrockruntime.BedrockRuntimeAsyncClient;
import software.amazon.awssdk.services.bedrockruntime.BedrockRuntimeClient;
import software.amazon.awssdk.services.bedrockruntime.model.ContentBlock;
import software.amazon.awssdk.services.bedrockruntime.model.ContentBlockDelta;
import software.amazon.awssdk.services.bedrockruntime.model.ConversationRole;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseRequest;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseResponse;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseStreamMetadataEvent;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseStreamRequest;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseStreamResponseHandler;
import software.amazon.awssdk.services.bedrockruntime.model.Message;
import software.amazon.awssdk.services.bedrockruntime.model.StopReason;
import software.amazon.awssdk.services.bedrockruntime.model.Tool;
import software.amazon.awssdk.services.bedrockruntime.model.ToolConfiguration;
import software.amazon.awssdk.services.bedrockruntime.model.ToolInputSchema;
import software.amazon.awssdk.services.bedrockruntime.model.ToolResultBlock;
import software.amazon.awssdk.services.bedrockruntime.model.ToolResultContentBlock;
import software.amazon.awssdk.services.bedrockruntime.model.ToolSpecification;
import software.amazon.awssdk.services.bedrockruntime.model.ToolUseBlock;
import software.amazon.awssdk.services.bedrockruntime.model.ValidationException;

/** The AWS SDK, as it is, before {@code llmsim serve}: its requests are signed, and no region has to be known. */
class SimulatedBedrockSdkTest {
    private static final String CLAUDE = "anthropic.claude-3-5-sonnet-20241022-v2:0";

    private static LlmSim gateway;
    private static BedrockRuntimeClient client;
    private static BedrockRuntimeAsyncClient streaming;

    @BeforeAll
    static void start() {
        gateway = LlmSim.builder(Mode.SIMULATE)
                .latency(new Latency(model -> LatencyProfile.INSTANT, true))
                .seed(1)
                .start();
        client = Sdks.bedrock(gateway.baseUrl("bedrock"));
        streaming = Sdks.bedrockStreaming(gateway.baseUrl("bedrock"));
    }

    @AfterAll
    static void stop() {
        client.close();
        streaming.close();
        gateway.close();
    }

    @Test
    void theSameIsSaidStreamedAndNot() {
        ConverseResponse whole = client.converse(asking("Tell me a story.").build());

        Streamed streamed = stream(asking("Tell me a story.").build());

        assertThat(text(whole)).isNotBlank();
        assertThat(streamed.text).hasToString(text(whole));
        assertThat(whole.stopReason()).isEqualTo(StopReason.END_TURN);
        assertThat(streamed.stops).containsExactly(StopReason.END_TURN);
        assertThat(streamed.metadata).hasSize(1);
        assertThat(streamed.metadata.get(0).usage()).isEqualTo(whole.usage());
        assertThat(whole.usage().totalTokens())
                .isEqualTo(whole.usage().inputTokens() + whole.usage().outputTokens());
        assertThat(whole.metrics().latencyMs()).isPositive();
        assertThat(whole.responseMetadata().requestId()).hasSize(36);
    }

    @Test
    void aToolLoopEndsOnceTheResultIsIn() {
        ConverseRequest asked =
                asking("What is the weather in Paris?").toolConfig(weather()).build();
        ConverseResponse first = client.converse(asked);
        ToolUseBlock use = first.output().message().content().get(0).toolUse();
        ConverseResponse second = client.converse(asked.toBuilder()
                .messages(
                        asked.messages().get(0),
                        first.output().message(),
                        Message.builder()
                                .role(ConversationRole.USER)
                                .content(ContentBlock.fromToolResult(ToolResultBlock.builder()
                                        .toolUseId(use.toolUseId())
                                        .content(ToolResultContentBlock.fromText("sunny"))
                                        .build()))
                                .build())
                .build());

        assertThat(first.stopReason()).isEqualTo(StopReason.TOOL_USE);
        assertThat(use.name()).isEqualTo("get_weather");
        assertThat(use.toolUseId()).matches("tooluse_[A-Za-z0-9]{22}");
        assertThat(use.input().asMap()).containsOnlyKeys("city");
        assertThat(second.stopReason()).isEqualTo(StopReason.END_TURN);
        assertThat(text(second)).isNotBlank();
    }

    @Test
    void aToolUseIsStreamed() {
        ConverseRequest asked =
                asking("What is the weather in Paris?").toolConfig(weather()).build();

        Streamed streamed = stream(asked);

        assertThat(streamed.stops).containsExactly(StopReason.TOOL_USE);
        assertThat(streamed.tools).containsExactly("get_weather");
        assertThat(streamed.text.toString()).startsWith("{\"city\":");
    }

    @Test
    void anAnswerEndsAtItsLimit() {
        ConverseResponse answer = client.converse(asking("Tell me a story.")
                .inferenceConfig(config -> config.maxTokens(3))
                .build());

        assertThat(answer.stopReason()).isEqualTo(StopReason.MAX_TOKENS);
        assertThat(answer.usage().outputTokens()).isEqualTo(3);
    }

    @Test
    void wrongRequestsRaiseTypedExceptions() {
        ConverseRequest hot =
                asking("hi").inferenceConfig(config -> config.temperature(2f)).build();

        assertThatThrownBy(() -> client.converse(hot))
                .isInstanceOf(ValidationException.class)
                .hasMessageContaining("1 validation error detected: Value '2.0' at 'inferenceConfig.temperature'");
        assertThatThrownBy(() -> streaming
                        .converseStream(
                                streamed(hot),
                                ConverseStreamResponseHandler.builder()
                                        .subscriber(event -> {})
                                        .build())
                        .get())
                .isInstanceOf(ExecutionException.class)
                .hasCauseInstanceOf(ValidationException.class);
    }

    /** What came of a stream. */
    private static final class Streamed {
        final StringBuilder text = new StringBuilder();
        final List<String> tools = new ArrayList<>();
        final List<StopReason> stops = new ArrayList<>();
        final List<ConverseStreamMetadataEvent> metadata = new ArrayList<>();

        void delta(ContentBlockDelta delta) {
            text.append(delta.text() != null ? delta.text() : delta.toolUse().input());
        }
    }

    private static Streamed stream(ConverseRequest asked) {
        Streamed streamed = new Streamed();
        ConverseStreamResponseHandler.Visitor visitor = ConverseStreamResponseHandler.Visitor.builder()
                .onContentBlockStart(
                        start -> streamed.tools.add(start.start().toolUse().name()))
                .onContentBlockDelta(delta -> streamed.delta(delta.delta()))
                .onMessageStop(stop -> streamed.stops.add(stop.stopReason()))
                .onMetadata(streamed.metadata::add)
                .build();
        streaming
                .converseStream(
                        streamed(asked),
                        ConverseStreamResponseHandler.builder()
                                .subscriber(visitor)
                                .build())
                .join();
        return streamed;
    }

    private static ConverseStreamRequest streamed(ConverseRequest asked) {
        return ConverseStreamRequest.builder()
                .modelId(asked.modelId())
                .messages(asked.messages())
                .inferenceConfig(asked.inferenceConfig())
                .toolConfig(asked.toolConfig())
                .build();
    }

    private static ConverseRequest.Builder asking(String text) {
        Message message = Message.builder()
                .role(ConversationRole.USER)
                .content(ContentBlock.fromText(text))
                .build();
        return ConverseRequest.builder().modelId(CLAUDE).messages(message);
    }

    private static ToolConfiguration weather() {
        Document city = Document.mapBuilder()
                .putDocument(
                        "city",
                        Document.mapBuilder().putString("type", "string").build())
                .build();
        Document schema = Document.mapBuilder()
                .putString("type", "object")
                .putDocument("properties", city)
                .putList("required", List.of(Document.fromString("city")))
                .build();
        ToolSpecification spec = ToolSpecification.builder()
                .name("get_weather")
                .inputSchema(ToolInputSchema.fromJson(schema))
                .build();
        return ToolConfiguration.builder().tools(Tool.fromToolSpec(spec)).build();
    }

    private static String text(ConverseResponse response) {
        StringBuilder text = new StringBuilder();
        response.output().message().content().forEach(block -> text.append(block.text()));
        return text.toString();
    }
}
