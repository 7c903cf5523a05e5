package dev.llmsim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import dev.llmsim.exchange.Bytes;
import dev.llmsim.mode.Latency;
import dev.llmsim.mode.Mode;
import dev.llmsim.provider.framing.EventStreamMessage;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.auth.token.credentials.StaticTokenProvider;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.document.Document;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.bedrockruntime.BedrockRuntimeAsyncClient;
import software.amazon.awssdk.services.bedrockruntime.BedrockRuntimeClient;
import software.amazon.awssdk.services.bedrockruntime.auth.scheme.BedrockRuntimeAuthSchemeProvider;
import software.amazon.awssdk.services.bedrockruntime.model.AnyToolChoice;
import software.amazon.awssdk.services.bedrockruntime.model.ContentBlock;
import software.amazon.awssdk.services.bedrockruntime.model.ContentBlockDelta;
import software.amazon.awssdk.services.bedrockruntime.model.ConversationRole;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseRequest;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseResponse;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseStreamMetadataEvent;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseStreamRequest;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseStreamResponseHandler;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseTokensRequest;
import software.amazon.awssdk.services.bedrockruntime.model.CountTokensInput;
import software.amazon.awssdk.services.bedrockruntime.model.InvokeModelRequest;
import software.amazon.awssdk.services.bedrockruntime.model.InvokeModelWithResponseStreamRequest;
import software.amazon.awssdk.services.bedrockruntime.model.InvokeModelWithResponseStreamResponseHandler;
import software.amazon.awssdk.services.bedrockruntime.model.Message;
import software.amazon.awssdk.services.bedrockruntime.model.ReasoningContentBlockDelta;
import software.amazon.awssdk.services.bedrockruntime.model.ReasoningTextBlock;
import software.amazon.awssdk.services.bedrockruntime.model.StopReason;
import software.amazon.awssdk.services.bedrockruntime.model.ThrottlingException;
import software.amazon.awssdk.services.bedrockruntime.model.Tool;
import software.amazon.awssdk.services.bedrockruntime.model.ToolChoice;
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
        gateway = LlmSim.builder(Mode.SIMULATE).latency(Latency.INSTANT).seed(1).start();
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
    void thoughtsAreSignedStreamedAndNot() {
        Document thinking = Document.mapBuilder()
                .putDocument(
                        "thinking",
                        Document.mapBuilder()
                                .putString("type", "enabled")
                                .putNumber("budget_tokens", 1024)
                                .build())
                .build();
        ConverseRequest asked = asking("Tell me a story.")
                .additionalModelRequestFields(thinking)
                .build();
        ConverseResponse whole = client.converse(asked);
        ReasoningTextBlock thought =
                whole.output().message().content().get(0).reasoningContent().reasoningText();

        Streamed streamed = stream(asked);

        assertThat(thought.text()).isNotBlank();
        assertThat(thought.signature()).startsWith("Eq");
        assertThat(streamed.thoughts).hasToString(thought.text());
        assertThat(streamed.signatures).hasSize(1);
        assertThat(streamed.text)
                .hasToString(whole.output().message().content().get(1).text());
    }

    @Test
    void theRequiredToolIsCalledWhateverIsAsked() {
        ConverseRequest asked = asking("Tell me a story.")
                .toolConfig(weather().toBuilder()
                        .toolChoice(ToolChoice.fromAny(AnyToolChoice.builder().build()))
                        .build())
                .build();

        assertThat(client.converse(asked).stopReason()).isEqualTo(StopReason.TOOL_USE);
    }

    /** The service ends a stream with an exception in a message of its own, after a 200. */
    @Test
    void anExceptionWithinAStreamIsRaisedAsItsType() throws Exception {
        Bytes body = EventStreamMessage.exception("throttlingException", Bytes.utf8("{\"message\":\"slow down\"}"))
                .encode();
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            exchange.getRequestBody().readAllBytes();
            exchange.getResponseHeaders().add("content-type", EventStreamMessage.MEDIA_TYPE);
            exchange.sendResponseHeaders(200, body.length());
            exchange.getResponseBody().write(body.toArray());
            exchange.close();
        });
        server.start();
        URI base = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
        try (BedrockRuntimeAsyncClient there = Sdks.bedrockStreamingOverHttp1(base)) {
            assertThatThrownBy(() -> there.converseStream(
                                    streamed(asking("hi").build()),
                                    ConverseStreamResponseHandler.builder()
                                            .subscriber(event -> {})
                                            .build())
                            .join())
                    .hasCauseInstanceOf(ThrottlingException.class)
                    .hasMessageContaining("slow down");
        } finally {
            server.stop(0);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "us.anthropic.claude-sonnet-4-20250514-v1:0",
                "arn:aws:bedrock:us-east-1:123456789012:inference-profile/us.anthropic.claude-sonnet-4-20250514-v1:0",
                "us.amazon.nova-lite-v1:0",
                "arn:aws:bedrock:us-east-1:123456789012:application-inference-profile/a1b2c3"
            })
    void modelsAreNamedByIdsProfilesAndArns(String modelId) {
        ConverseResponse answer =
                client.converse(asking("Tell me a story.").modelId(modelId).build());

        assertThat(text(answer)).isNotBlank();
        assertThat(answer.usage().cacheReadInputTokens() != null).isEqualTo(modelId.contains("claude"));
    }

    @Test
    void aKeyInsteadOfASignatureIsAcceptedToo() {
        try (BedrockRuntimeClient keyed = BedrockRuntimeClient.builder()
                .endpointOverride(gateway.baseUrl("bedrock"))
                .region(Region.US_EAST_1)
                .tokenProvider(StaticTokenProvider.create(() -> "any"))
                .authSchemeProvider(BedrockRuntimeAuthSchemeProvider.defaultProvider(List.of("httpBearerAuth")))
                .build()) {
            assertThat(text(keyed.converse(asking("hi").build()))).isNotBlank();
        }
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

    @Test
    void aModelIsInvokedInItsOwnFormat() {
        String body = "{\"anthropic_version\":\"bedrock-2023-05-31\",\"max_tokens\":50,\"messages\":"
                + "[{\"role\":\"user\",\"content\":\"Tell me a story.\"}]}";
        String whole = client.invokeModel(InvokeModelRequest.builder()
                        .modelId(CLAUDE)
                        .body(SdkBytes.fromUtf8String(body))
                        .build())
                .body()
                .asUtf8String();
        List<String> chunks = new ArrayList<>();
        streaming
                .invokeModelWithResponseStream(
                        InvokeModelWithResponseStreamRequest.builder()
                                .modelId(CLAUDE)
                                .body(SdkBytes.fromUtf8String(body))
                                .build(),
                        InvokeModelWithResponseStreamResponseHandler.builder()
                                .subscriber(InvokeModelWithResponseStreamResponseHandler.Visitor.builder()
                                        .onChunk(chunk ->
                                                chunks.add(chunk.bytes().asUtf8String()))
                                        .build())
                                .build())
                .join();

        assertThat(whole).contains("\"type\":\"message\"", "\"model\":\"claude-3-5-sonnet-20241022\"");
        assertThat(chunks.get(0)).contains("\"type\":\"message_start\"");
        assertThat(chunks.get(chunks.size() - 1)).contains("amazon-bedrock-invocationMetrics");
    }

    @Test
    void tokensAreCountedAndUnknownFamiliesRefused() {
        int counted = client.countTokens(count -> count.modelId(CLAUDE)
                        .input(CountTokensInput.fromConverse(ConverseTokensRequest.builder()
                                .messages(asking("Tell me a story.").build().messages())
                                .build())))
                .inputTokens();

        assertThat(counted)
                .isEqualTo(client.converse(asking("Tell me a story.").build())
                        .usage()
                        .inputTokens());
        assertThatThrownBy(() -> client.invokeModel(
                        invoke -> invoke.modelId("ai21.jamba-1-5-large-v1:0").body(SdkBytes.fromUtf8String("{}"))))
                .isInstanceOf(ValidationException.class)
                .hasMessageContaining("Use Converse");
    }

    /** What came of a stream. */
    private static final class Streamed {
        final StringBuilder text = new StringBuilder();
        final StringBuilder thoughts = new StringBuilder();
        final List<String> signatures = new ArrayList<>();
        final List<String> tools = new ArrayList<>();
        final List<StopReason> stops = new ArrayList<>();
        final List<ConverseStreamMetadataEvent> metadata = new ArrayList<>();

        void delta(ContentBlockDelta delta) {
            switch (delta.type()) {
                case TEXT -> text.append(delta.text());
                case TOOL_USE -> text.append(delta.toolUse().input());
                case REASONING_CONTENT -> reason(delta.reasoningContent());
                default -> throw new AssertionError(delta);
            }
        }

        private void reason(ReasoningContentBlockDelta delta) {
            if (delta.type() == ReasoningContentBlockDelta.Type.SIGNATURE) {
                signatures.add(delta.signature());
            } else {
                thoughts.append(delta.text());
            }
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
                .additionalModelRequestFields(asked.additionalModelRequestFields())
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
