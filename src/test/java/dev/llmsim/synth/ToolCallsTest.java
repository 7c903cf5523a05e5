package dev.llmsim.synth;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.NullNode;
import dev.llmsim.provider.Dialect;
import dev.llmsim.provider.conversation.Choice;
import dev.llmsim.provider.conversation.Content;
import dev.llmsim.provider.conversation.Finish;
import dev.llmsim.provider.conversation.Part;
import dev.llmsim.provider.conversation.Prompt;
import dev.llmsim.provider.conversation.Role;
import dev.llmsim.provider.conversation.Sampling;
import dev.llmsim.provider.conversation.Tool;
import dev.llmsim.provider.conversation.ToolChoice;
import dev.llmsim.provider.conversation.Tooling;
import dev.llmsim.provider.conversation.Turn;
import dev.llmsim.provider.simulation.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ToolCallsTest {
    private static final Tool WEATHER = tool("get_weather");
    private static final Tool EMAIL = tool("sendEmail");
    private static final Tool ROUTE = tool("plan-routes");
    private static final List<Tool> ALL = List.of(WEATHER, EMAIL, ROUTE);

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "What is the weather in Paris? | get_weather",
                "Use get_weather please, not email | get_weather",
                "Send it by EMAIL. | sendEmail",
                "Which route is best? | plan-routes",
                "The weather, and an email about it | get_weather,sendEmail",
                "Can you get me a sandwich? | ''",
                "Forget_weathering | ''",
                "Hello | ''"
            })
    void mentionedToolsAreCalled(String user, String called) {
        assertThat(names(ToolUse.MENTIONED, user, ToolChoice.AUTO)).isEqualTo(called);
    }

    @ParameterizedTest
    @CsvSource({"NEVER, ''", "MENTIONED, ''", "ALWAYS, get_weather"})
    void underAutoTheConfigurationDecides(ToolUse use, String called) {
        assertThat(names(use, "Hello", ToolChoice.AUTO)).isEqualTo(called);
        assertThat(names(use, "Hello", ToolChoice.NONE)).isEmpty();
        assertThat(names(use, "The weather?", ToolChoice.NONE)).isEmpty();
        assertThat(names(use, "Hello", ToolChoice.REQUIRED)).isEqualTo("get_weather");
        assertThat(names(use, "An email", ToolChoice.REQUIRED)).isEqualTo("sendEmail");
        assertThat(names(use, "An email", new ToolChoice.Named("plan-routes"))).isEqualTo("plan-routes");
    }

    @Test
    void withoutParallelCallsThereIsOne() {
        Prompt prompt = Asking.with(
                Asking.prompt("gpt-4o", "The weather, and an email about it"),
                new Tooling(ALL, ToolChoice.AUTO, false));

        assertThat(Asking.lorem().reply(prompt).first().toolCalls())
                .extracting(Content.ToolCall::name)
                .containsExactly("get_weather");
    }

    @Test
    void theLoopEndsOnceResultsAreIn() {
        List<Turn> turns = new ArrayList<>(List.of(
                Turn.of(Role.USER, "The weather?"),
                new Turn(Role.ASSISTANT, List.of(new Part.ToolCall("c1", "get_weather", "{}"))),
                new Turn(Role.TOOL, List.of(new Part.ToolResult("c1", "get_weather", "sunny")))));
        Tooling tooling = new Tooling(ALL, ToolChoice.REQUIRED, true);
        assertThat(Asking.lorem()
                        .reply(Asking.with(Asking.prompt("gpt-4o", turns), tooling))
                        .first()
                        .finish())
                .isEqualTo(Finish.STOP);

        turns.add(Turn.of(Role.ASSISTANT, "It is sunny."));
        turns.add(Turn.of(Role.USER, "And the weather tomorrow?"));
        assertThat(Asking.lorem()
                        .reply(Asking.with(Asking.prompt("gpt-4o", turns), tooling))
                        .first()
                        .finish())
                .isEqualTo(Finish.TOOL_CALLS);
    }

    @Test
    void resultsInATurnOfTheUserCountToo() {
        List<Turn> turns = List.of(
                Turn.of(Role.USER, "The weather?"),
                new Turn(Role.ASSISTANT, List.of(new Part.ToolCall("t1", "get_weather", "{}"))),
                new Turn(
                        Role.USER,
                        List.of(new Part.ToolResult("t1", "", "sunny"), new Part.Text("the weather, then"))));
        Prompt prompt = Asking.with(Asking.prompt("claude-opus-4-8", turns), new Tooling(ALL, ToolChoice.AUTO, true));

        assertThat(Asking.lorem().reply(prompt).first().toolCalls()).isEmpty();
    }

    @Test
    void argumentsAreValidAndIdsAreTheProvidersAndDiffer() throws Exception {
        Prompt prompt = Asking.with(
                Asking.prompt("gpt-4o", "The weather, and an email about it"), new Tooling(ALL, ToolChoice.AUTO, true));
        Choice choice =
                Asking.lorem().engine(Dialect.OPENAI, "{}").reply(prompt).first();

        assertThat(choice.finish()).isEqualTo(Finish.TOOL_CALLS);
        for (Content.ToolCall call : choice.toolCalls()) {
            JsonNode arguments = Json.parse(call.text());
            assertThat(arguments.path("place").isTextual()).isTrue();
            assertThat(arguments.size()).isEqualTo(1);
            assertThat(call.id()).matches("call_[0-9A-Za-z]{24}");
        }
        assertThat(choice.toolCalls()).extracting(Content.ToolCall::id).doesNotHaveDuplicates();
        assertThat(Asking.lorem()
                        .engine(Dialect.ANTHROPIC, "{}")
                        .reply(prompt)
                        .first()
                        .toolCalls())
                .allSatisfy(call -> assertThat(call.id()).matches("toolu_01[0-9A-Za-z]{22}"));
    }

    @Test
    void aToolWithoutParametersIsCalledWithAnEmptyObject() {
        for (JsonNode parameters : List.of(Json.object(), MissingNode.getInstance(), NullNode.getInstance())) {
            Tool tool = new Tool("ping", "", parameters, false);
            Prompt prompt =
                    Asking.with(Asking.prompt("gpt-4o", "ping"), new Tooling(List.of(tool), ToolChoice.AUTO, true));

            assertThat(Asking.lorem().reply(prompt).first().toolCalls())
                    .singleElement()
                    .satisfies(call -> assertThat(call.text()).isEqualTo("{}"));
        }
    }

    @Test
    void callsAreCutByTheLimitToo() {
        Prompt prompt = Asking.with(
                Asking.with(Asking.prompt("gpt-4o", "The weather?"), new Tooling(ALL, ToolChoice.AUTO, true)),
                new Sampling(2, List.of(), 1, OptionalLong.empty(), -1));
        Choice choice = Asking.lorem().reply(prompt).first();

        assertThat(choice.finish()).isEqualTo(Finish.LENGTH);
        assertThat(choice.toolCalls())
                .singleElement()
                .satisfies(call -> assertThat(call.tokens()).hasSize(2));
    }

    private static String names(ToolUse use, String user, ToolChoice choice) {
        Prompt prompt = Asking.with(Asking.prompt("gpt-4o", user), new Tooling(ALL, choice, true));
        return String.join(
                ",",
                Asking.with("lorem", 100, use).reply(prompt).first().toolCalls().stream()
                        .map(Content.ToolCall::name)
                        .toList());
    }

    private static Tool tool(String name) {
        try {
            return new Tool(
                    name,
                    "",
                    Json.parse(
                            "{\"type\":\"object\",\"properties\":{\"place\":{\"type\":\"string\"},\"days\":{\"type\":\"integer\"}},\"required\":[\"place\"]}"),
                    false);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }
}
