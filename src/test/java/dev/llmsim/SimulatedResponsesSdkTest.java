package dev.llmsim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.openai.client.OpenAIClient;
import com.openai.core.JsonValue;
import com.openai.core.http.StreamResponse;
import com.openai.errors.BadRequestException;
import com.openai.errors.NotFoundException;
import com.openai.helpers.ResponseAccumulator;
import com.openai.models.Reasoning;
import com.openai.models.ReasoningEffort;
import com.openai.models.responses.EasyInputMessage;
import com.openai.models.responses.FunctionTool;
import com.openai.models.responses.Response;
import com.openai.models.responses.ResponseCreateParams;
import com.openai.models.responses.ResponseFunctionToolCall;
import com.openai.models.responses.ResponseIncludable;
import com.openai.models.responses.ResponseInputItem;
import com.openai.models.responses.ResponseOutputItem;
import com.openai.models.responses.ResponseReasoningItem;
import com.openai.models.responses.ResponseRetrieveParams;
import com.openai.models.responses.ResponseStatus;
import com.openai.models.responses.ResponseStreamEvent;
import com.openai.models.responses.inputitems.InputItemListParams;
import com.openai.models.responses.inputtokens.InputTokenCountParams;
import dev.llmsim.mode.Latency;
import dev.llmsim.mode.Mode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** OpenAI's own client, as it is, before {@code llmsim serve}: the Responses API. */
class SimulatedResponsesSdkTest {
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
    }

    @Test
    void aResponseIsValidAndTheSameStreamedAndNot() {
        ResponseCreateParams asked = ask("gpt-4o", "Tell me a story.").build();

        Response whole = client.responses().create(asked).validate();
        Response streamed = streamed(asked);

        assertThat(text(whole)).isNotBlank().isEqualTo(text(streamed));
        assertThat(streamed.usage()).isEqualTo(whole.usage());
        assertThat(whole.status()).contains(ResponseStatus.COMPLETED);
        assertThat(whole.usage().orElseThrow().inputTokens()).isEqualTo(12);
    }

    @Test
    void theEventsAloneMakeTheWholeResponse() {
        ResponseCreateParams asked = ask("gpt-5", "Think.")
                .reasoning(Reasoning.builder()
                        .effort(ReasoningEffort.HIGH)
                        .summary(Reasoning.Summary.DETAILED)
                        .build())
                .addInclude(ResponseIncludable.REASONING_ENCRYPTED_CONTENT)
                .build();
        ResponseAccumulator accumulator = ResponseAccumulator.createWithSnapshots();
        try (StreamResponse<ResponseStreamEvent> events = client.responses().createStreaming(asked)) {
            events.stream().forEach(event -> accumulator.accumulate(event.validate()));
        }

        assertThat(accumulator.reconstructedResponse().output())
                .isEqualTo(accumulator.response().output());
        ResponseReasoningItem reasoning = accumulator.response().output().get(0).asReasoning();
        assertThat(reasoning.summary().get(0).text()).isNotBlank();
        assertThat(reasoning.encryptedContent().orElseThrow()).startsWith("gAAAAA");
        assertThat(reasoning.status()).contains(ResponseReasoningItem.Status.COMPLETED);
        assertThat(accumulator
                        .response()
                        .usage()
                        .orElseThrow()
                        .outputTokensDetails()
                        .reasoningTokens())
                .isGreaterThan(100);
    }

    @Test
    void aToolLoopEndsOnceTheResultIsIn() {
        List<ResponseInputItem> input = new ArrayList<>();
        ResponseCreateParams.Builder asked =
                ask("gpt-5", "What is the weather in Paris?").addTool(weather());
        Response first = streamed(asked.build());
        ResponseFunctionToolCall call = first.output().stream()
                .filter(ResponseOutputItem::isFunctionCall)
                .map(ResponseOutputItem::asFunctionCall)
                .findFirst()
                .orElseThrow();
        assertThat(call.name()).isEqualTo("get_weather");
        assertThat(call.arguments()).contains("\"city\":");

        input.add(ResponseInputItem.ofFunctionCallOutput(ResponseInputItem.FunctionCallOutput.builder()
                .callId(call.callId())
                .output("sunny")
                .build()));
        Response second = client.responses()
                .create(asked.inputOfResponse(input)
                        .previousResponseId(first.id())
                        .build());

        assertThat(text(second)).isNotBlank();
        assertThat(second.output()).noneMatch(ResponseOutputItem::isFunctionCall);
        assertThat(second.previousResponseId()).contains(first.id());
    }

    @Test
    void aToolLoopGoesWithEchoedItemsAsWell() {
        List<ResponseInputItem> input = new ArrayList<>();
        ResponseCreateParams.Builder asked =
                ask("gpt-5", "What is the weather in Paris?").store(false).addTool(weather());
        input.add(ResponseInputItem.ofEasyInputMessage(EasyInputMessage.builder()
                .role(EasyInputMessage.Role.USER)
                .content("What is the weather in Paris?")
                .build()));
        for (ResponseOutputItem item : client.responses().create(asked.build()).output()) {
            if (item.isReasoning()) {
                input.add(ResponseInputItem.ofReasoning(item.asReasoning()));
            } else {
                input.add(ResponseInputItem.ofFunctionCall(item.asFunctionCall()));
                input.add(ResponseInputItem.ofFunctionCallOutput(ResponseInputItem.FunctionCallOutput.builder()
                        .callId(item.asFunctionCall().callId())
                        .output("sunny")
                        .build()));
            }
        }

        assertThat(text(client.responses().create(asked.inputOfResponse(input).build())))
                .isNotBlank();
    }

    @Test
    void structuredOutputIsReadIntoItsClass() {
        City city = client
                .responses()
                .create(ask("gpt-4o", "A city.").text(City.class).build())
                .output()
                .stream()
                .flatMap(item -> item.message().stream())
                .flatMap(message -> message.content().stream())
                .map(part -> part.asOutputText())
                .findFirst()
                .orElseThrow();

        assertThat(city.name).isNotNull();
    }

    @Test
    void storedResponsesAreReadListedAndDeleted() {
        Response made = client.responses().create(ask("gpt-4o", "One.").build());
        Response next = client.responses()
                .create(ask("gpt-4o", "Two.").previousResponseId(made.id()).build());

        assertThat(client.responses().retrieve(made.id())).isEqualTo(made);
        assertThat(next.usage().orElseThrow().inputTokens())
                .isGreaterThan(made.usage().orElseThrow().totalTokens());
        List<String> roles = new ArrayList<>();
        client.responses()
                .inputItems()
                .list(
                        next.id(),
                        InputItemListParams.builder()
                                .limit(1)
                                .order(InputItemListParams.Order.ASC)
                                .build())
                .autoPager()
                .forEach(item -> roles.add(item.isResponseOutputMessage() ? "assistant" : "user"));
        assertThat(roles).containsExactly("user", "assistant", "user");
        try (StreamResponse<ResponseStreamEvent> events = client.responses()
                .retrieveStreaming(
                        made.id(),
                        ResponseRetrieveParams.builder().startingAfter(1).build())) {
            assertThat(events.stream().findFirst().orElseThrow().isOutputItemAdded())
                    .isTrue();
        }
        client.responses().delete(made.id());
        assertThatThrownBy(() -> client.responses().retrieve(made.id())).isInstanceOf(NotFoundException.class);
    }

    @Test
    void inTheBackgroundAResponseIsPolledUntilItIsThere() {
        Response made =
                client.responses().create(ask("gpt-4o", "One.").background(true).build());

        assertThat(made.status()).contains(ResponseStatus.QUEUED);
        assertThat(client.responses().retrieve(made.id()).status()).contains(ResponseStatus.COMPLETED);
        assertThat(client.responses().cancel(made.id()).status()).contains(ResponseStatus.COMPLETED);
    }

    @Test
    void tokensOfAnInputAreCounted() {
        assertThat(client.responses()
                        .inputTokens()
                        .count(InputTokenCountParams.builder()
                                .model("gpt-4o")
                                .input("Tell me a story.")
                                .build())
                        .inputTokens())
                .isEqualTo(12);
    }

    @Test
    void openResponsesIsThereUnderItsOwnName() {
        OpenAIClient open = Sdks.openAi(gateway.baseUrl("openresponses"), "any");
        try (StreamResponse<ResponseStreamEvent> events =
                open.responses().createStreaming(ask("gpt-4o", "Hello!").build())) {
            assertThat(events.stream().anyMatch(ResponseStreamEvent::isCompleted))
                    .isTrue();
        } finally {
            open.close();
        }
    }

    @Test
    void wrongRequestsRaiseTypedErrors() {
        assertThatThrownBy(() -> client.responses()
                        .create(ask("gpt-4o", "hi").previousResponseId("resp_1").build()))
                .isInstanceOf(BadRequestException.class)
                .hasMessageContaining("Previous response with id 'resp_1' not found.");
        assertThatThrownBy(() -> client.responses().retrieve("resp_1")).isInstanceOf(NotFoundException.class);
    }

    private static FunctionTool weather() {
        return FunctionTool.builder()
                .name("get_weather")
                .parameters(FunctionTool.Parameters.builder()
                        .putAdditionalProperty("type", JsonValue.from("object"))
                        .putAdditionalProperty("properties", JsonValue.from(Map.of("city", Map.of("type", "string"))))
                        .putAdditionalProperty("required", JsonValue.from(List.of("city")))
                        .putAdditionalProperty("additionalProperties", JsonValue.from(false))
                        .build())
                .strict(true)
                .build();
    }

    private static ResponseCreateParams.Builder ask(String model, String text) {
        return ResponseCreateParams.builder().model(model).input(text);
    }

    private static Response streamed(ResponseCreateParams asked) {
        ResponseAccumulator accumulator = ResponseAccumulator.create();
        try (StreamResponse<ResponseStreamEvent> events = client.responses().createStreaming(asked)) {
            events.stream().forEach(accumulator::accumulate);
        }
        return accumulator.response();
    }

    private static String text(Response response) {
        StringBuilder text = new StringBuilder();
        response.output().stream()
                .flatMap(item -> item.message().stream())
                .flatMap(message -> message.content().stream())
                .forEach(part -> text.append(part.asOutputText().text()));
        return text.toString();
    }
}
