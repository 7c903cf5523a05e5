package dev.llmsim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.anthropic.client.AnthropicClient;
import com.anthropic.core.JsonValue;
import com.anthropic.helpers.MessageAccumulator;
import com.anthropic.models.messages.ContentBlock;
import com.anthropic.models.messages.ContentBlockParam;
import com.anthropic.models.messages.Message;
import com.anthropic.models.messages.MessageCreateParams;
import com.anthropic.models.messages.RawMessageStreamEvent;
import com.anthropic.models.messages.StopReason;
import com.anthropic.models.messages.Tool;
import com.anthropic.models.messages.ToolResultBlockParam;
import com.anthropic.models.messages.ToolUseBlock;
import com.openai.client.OpenAIClient;
import com.openai.core.http.StreamResponse;
import com.openai.errors.InternalServerException;
import com.openai.errors.RateLimitException;
import com.openai.helpers.ChatCompletionAccumulator;
import com.openai.models.chat.completions.ChatCompletion;
import com.openai.models.chat.completions.ChatCompletionChunk;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import com.openai.models.chat.completions.ChatCompletionMessage;
import com.openai.models.chat.completions.ChatCompletionMessageFunctionToolCall;
import com.openai.models.chat.completions.ChatCompletionToolMessageParam;
import dev.llmsim.mode.Latency;
import dev.llmsim.mode.Mode;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The shipped script as the official clients live through it: a tool loop, a rate limit, the end. */
class ScriptedSdkTest {
    private static final Path AGENT = Path.of("examples/weather-agent.script.json");
    private static final String ANSWER = "It is sunny in Paris and stays so for three days; in Oslo it snows.";

    private LlmSim gateway;
    private OpenAIClient openAi;
    private AnthropicClient anthropic;

    @BeforeEach
    void start() {
        gateway = LlmSim.builder(Mode.SIMULATE)
                .script(AGENT)
                .latency(Latency.INSTANT)
                .start();
        openAi = Sdks.openAi(gateway.baseUrl("openai"), "any");
        anthropic = Sdks.anthropic(gateway.baseUrl("anthropic"), "any");
    }

    @AfterEach
    void stop() {
        openAi.close();
        anthropic.close();
        gateway.close();
    }

    @Test
    void aToolLoopOverChatCompletions() {
        openAiLoop(params -> openAi.chat().completions().create(params));
    }

    @Test
    void aToolLoopOverStreamedChatCompletions() {
        openAiLoop(this::streamed);
    }

    private ChatCompletion streamed(ChatCompletionCreateParams params) {
        ChatCompletionAccumulator all = ChatCompletionAccumulator.create();
        try (StreamResponse<ChatCompletionChunk> chunks =
                openAi.chat().completions().createStreaming(params)) {
            chunks.stream().forEach(all::accumulate);
        }
        return all.chatCompletion();
    }

    private void openAiLoop(Function<ChatCompletionCreateParams, ChatCompletion> ask) {
        ChatCompletionCreateParams.Builder talk = ChatCompletionCreateParams.builder()
                .model("gpt-4o")
                .maxCompletionTokens(2)
                .addUserMessage("What is the weather in Paris and Oslo?");

        ChatCompletion.Choice first = ask.apply(talk.build()).choices().get(0);
        assertThat(first.finishReason()).isEqualTo(ChatCompletion.Choice.FinishReason.TOOL_CALLS);
        assertThat(functions(first.message()))
                .extracting(ChatCompletionMessageFunctionToolCall::id)
                .containsExactly("call_llmsim_0_0", "call_llmsim_0_1");
        assertThat(functions(first.message()))
                .extracting(call -> call.function().arguments())
                .containsExactly("{\"city\":\"Paris\"}", "{\"city\":\"Oslo\"}");
        talk.addMessage(first.message());
        functions(first.message()).forEach(call -> talk.addMessage(result(call.id(), "sunny")));

        ChatCompletion.Choice second = ask.apply(talk.build()).choices().get(0);
        assertThat(second.message().content()).contains("One moment, I check the forecast.");
        assertThat(functions(second.message()))
                .singleElement()
                .satisfies(call -> assertThat(call.id()).isEqualTo("call_forecast"))
                .satisfies(call -> assertThat(call.function().name()).isEqualTo("get_forecast"));
        talk.addMessage(second.message()).addMessage(result("call_forecast", "three days of sun"));

        assertThatThrownBy(() -> ask.apply(talk.build())).isInstanceOfSatisfying(RateLimitException.class, e -> {
            assertThat(e.type()).contains("rate_limit_error");
            assertThat(e.code()).contains("rate_limit_exceeded");
        });
        ChatCompletion.Choice last = ask.apply(talk.build()).choices().get(0);
        assertThat(last.message().content()).contains(ANSWER);
        assertThat(last.finishReason()).isEqualTo(ChatCompletion.Choice.FinishReason.STOP);
        assertThatThrownBy(() -> ask.apply(talk.build()))
                .isInstanceOf(InternalServerException.class)
                .hasMessageContaining("llmsim script exhausted (on_exhausted=error)");
    }

    private static List<ChatCompletionMessageFunctionToolCall> functions(ChatCompletionMessage message) {
        return message.toolCalls().orElseThrow().stream()
                .map(call -> call.asFunction())
                .toList();
    }

    private static ChatCompletionToolMessageParam result(String id, String text) {
        return ChatCompletionToolMessageParam.builder()
                .toolCallId(id)
                .content(text)
                .build();
    }

    @Test
    void aToolLoopOverMessages() {
        anthropicLoop(params -> anthropic.messages().create(params));
    }

    @Test
    void aToolLoopOverStreamedMessages() {
        anthropicLoop(this::streamed);
    }

    private Message streamed(MessageCreateParams params) {
        MessageAccumulator all = MessageAccumulator.create();
        try (com.anthropic.core.http.StreamResponse<RawMessageStreamEvent> events =
                anthropic.messages().createStreaming(params)) {
            events.stream().forEach(all::accumulate);
        }
        return all.message();
    }

    private void anthropicLoop(Function<MessageCreateParams, Message> ask) {
        MessageCreateParams.Builder talk = MessageCreateParams.builder()
                .model("claude-sonnet-4-5")
                .maxTokens(5)
                .addTool(Tool.builder()
                        .name("get_weather")
                        .inputSchema(Tool.InputSchema.builder().build())
                        .build())
                .addUserMessage("What is the weather in Paris and Oslo?");

        Message first = ask.apply(talk.build());
        assertThat(first.stopReason()).contains(StopReason.TOOL_USE);
        List<ToolUseBlock> calls =
                first.content().stream().map(ContentBlock::asToolUse).toList();
        assertThat(calls).extracting(ToolUseBlock::id).containsExactly("toolu_llmsim_0_0", "toolu_llmsim_0_1");
        assertThat(calls.get(0)._input()).isEqualTo(JsonValue.from(Map.of("city", "Paris")));
        talk.addMessage(first)
                .addUserMessageOfContentBlockParams(
                        calls.stream().map(call -> result(call, "snow")).toList());

        Message second = ask.apply(talk.build());
        assertThat(second.content()).hasSize(2);
        assertThat(second.content().get(0).asText().text()).isEqualTo("One moment, I check the forecast.");
        ToolUseBlock forecast = second.content().get(1).asToolUse();
        assertThat(forecast.id()).isEqualTo("call_forecast");
        talk.addMessage(second).addUserMessageOfContentBlockParams(List.of(result(forecast, "sun")));

        assertThatThrownBy(() -> ask.apply(talk.build()))
                .isInstanceOf(com.anthropic.errors.RateLimitException.class)
                .hasMessageContaining("rate_limit_error");
        Message last = ask.apply(talk.build());
        assertThat(last.content().get(0).asText().text()).isEqualTo(ANSWER);
        assertThat(last.stopReason()).contains(StopReason.END_TURN);
        assertThatThrownBy(() -> ask.apply(talk.build()))
                .isInstanceOf(com.anthropic.errors.InternalServerException.class)
                .hasMessageContaining("llmsim script exhausted (on_exhausted=error)")
                .hasMessageContaining("api_error");
    }

    private static ContentBlockParam result(ToolUseBlock call, String text) {
        return ContentBlockParam.ofToolResult(ToolResultBlockParam.builder()
                .toolUseId(call.id())
                .content(text)
                .build());
    }
}
