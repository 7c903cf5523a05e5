package dev.llmsim.synth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.llmsim.exchange.Bytes;
import dev.llmsim.exchange.Headers;
import dev.llmsim.exchange.Request;
import dev.llmsim.provider.Dialect;
import dev.llmsim.provider.conversation.Choice;
import dev.llmsim.provider.conversation.Content;
import dev.llmsim.provider.conversation.Finish;
import dev.llmsim.provider.conversation.Prompt;
import dev.llmsim.provider.conversation.Reply;
import dev.llmsim.provider.conversation.Sampling;
import dev.llmsim.provider.conversation.Thinking;
import dev.llmsim.provider.simulation.ApiErrorException;
import dev.llmsim.provider.simulation.CallIds;
import dev.llmsim.synth.script.OnExhausted;
import dev.llmsim.synth.script.Script;
import dev.llmsim.synth.script.ToolCall;
import dev.llmsim.synth.script.Turn;
import dev.llmsim.synth.script.When;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScriptingTest {
    private static final ToolCall BASH = ToolCall.of("bash", "{\"command\": \"ls -l\"}");

    @Test
    void aTextIsSentWholeWhateverTheRequestLimits() {
        Prompt limited = Asking.with(
                Asking.prompt("gpt-4o", "hi"), new Sampling(1, List.of("two"), 1, OptionalLong.empty(), -1));

        Choice choice = asking(Script.of(Turn.assistant("one two three four")))
                .reply(limited)
                .first();

        assertThat(choice.text()).isEqualTo("one two three four");
        assertThat(choice.finish()).isEqualTo(Finish.STOP);
    }

    @Test
    void nothingIsThoughtAndUsageIsWhatTheTokenizerCounts() {
        Script script = Script.of(Turn.mixed("Running it.", BASH));
        Prompt hard = Asking.with(
                Asking.prompt("gpt-5", "hi"), new Thinking(Thinking.Effort.HIGH, Thinking.Summary.DETAILED, -1));

        Reply reply = asking(script).reply(hard);

        assertThat(reply.first().contents())
                .hasSize(2)
                .hasOnlyElementsOfTypes(Content.Text.class, Content.ToolCall.class);
        assertThat(reply.usage().reasoning()).isZero();
        assertThat(reply.usage().completion())
                .isEqualTo(Tokens.count("gpt-5", "Running it.") + Tokens.count("gpt-5", "{\"command\":\"ls -l\"}"));
        assertThat(reply.usage().prompt()).isEqualTo(Tokens.count(hard));
    }

    @ParameterizedTest
    @CsvSource({"OPENAI,call_llmsim_", "ANTHROPIC,toolu_llmsim_", "BEDROCK,tooluse_llmsim_", "GEMINI,call_llmsim_"})
    void callsHaveIdsThatCountTurnsAndCalls(Dialect dialect, String prefix) {
        Asking asking = asking(Script.of(Turn.assistant("first"), Turn.toolCalls(BASH, BASH.withId("mine"), BASH)));
        Prompt prompt = Asking.prompt("gpt-4o", "hi");
        asking.engine(dialect, "{}").reply(prompt);

        assertThat(ids(asking.engine(dialect, "{}").reply(prompt)))
                .containsExactly(prefix + "1_0", "mine", prefix + "1_2");
        assertThat(ids(asking.engine(dialect, "{}").reply(prompt)))
                .as("repeated, so counted on")
                .containsExactly(prefix + "2_0", "mine", prefix + "2_2");
    }

    @Test
    void severalChoicesAreAlikeButForTheIdsOfTheirCalls() {
        Prompt two =
                Asking.with(Asking.prompt("gpt-4o", "hi"), new Sampling(-1, List.of(), 2, OptionalLong.empty(), -1));

        Reply reply = asking(Script.of(Turn.toolCalls(BASH))).reply(two);

        assertThat(reply.choices())
                .hasSize(2)
                .allMatch(choice -> choice.finish().equals(Finish.TOOL_CALLS));
        assertThat(ids(reply)).containsExactly("call_llmsim_0_0", "call_llmsim_0_1");
    }

    @Test
    void errorsAreThrownAndTakeTheirTurn() {
        Asking asking = asking(
                Script.of(Turn.rateLimit(), Turn.timeout(), Turn.invalidRequest("bad args"), Turn.error(503, "busy"))
                        .onExhausted(OnExhausted.ERROR));

        assertError(asking, 429, "Rate limit exceeded. Please retry after some time.");
        assertError(asking, 504, "Request timed out");
        assertError(asking, 400, "bad args");
        assertError(asking, 503, "busy");
        assertError(asking, 500, "llmsim script exhausted (on_exhausted=error)");
    }

    @Test
    void whatTheModelCannotTakeIsRefusedBeforeATurnIsTaken() {
        Asking asking = asking(Script.of(Turn.assistant("first")).onExhausted(OnExhausted.ERROR));

        assertThatThrownBy(() -> asking.reply(Asking.prompt("gpt-4", "word ".repeat(20_000))))
                .hasMessageContaining("maximum context length");
        assertThat(asking.reply(Asking.prompt("gpt-4", "hi")).first().text()).isEqualTo("first");
    }

    @Test
    void theGeneratorAnswersWhatNoTurnIsFor() {
        Asking asking = asking(Script.of(Turn.assistant("scripted").when(When.user("Paris"))));

        assertThat(asking.reply(Asking.prompt("gpt-4o", "Rome")).first().text())
                .isNotBlank()
                .isNotEqualTo("scripted");
        assertThat(asking.reply(Asking.prompt("gpt-4o", "Paris")).first().text())
                .isEqualTo("scripted");
    }

    @Test
    void whereOnlyAScriptMayAnswerWhatNoTurnIsForEndsTheCall() {
        SynthState state = new SynthState(1);
        state.play(Script.of(Turn.assistant("scripted").when(When.user("Paris"))));
        Scripting alone = new Scripting(state.script(SynthSettings.DEFAULT), Scripting.Part.ALONE);

        assertThatThrownBy(() -> alone.choices(Asking.prompt("gpt-4o", "Rome"), CallIds.USUAL))
                .isInstanceOf(UnscriptedException.class);
        assertThat(alone.isUsed()).isFalse();
        assertThat(alone.choices(Asking.prompt("gpt-4o", "Paris"), CallIds.USUAL))
                .isPresent();
        assertThat(alone.isUsed()).isTrue();
        assertThat(alone.choices(Asking.prompt("gpt-4o", "Rome"), CallIds.USUAL))
                .as("a further prompt of the same call")
                .isEmpty();
    }

    @Test
    void sessionsHaveACursorEach() {
        SynthSettings settings = SynthSettings.DEFAULT.withScript(Script.of(Turn.assistant("a"), Turn.assistant("b")));
        Asking one = new Asking(settings);
        Asking other = new Asking(settings);
        Prompt prompt = Asking.prompt("gpt-4o", "hi");

        assertThat(one.reply(prompt).first().text()).isEqualTo("a");
        assertThat(one.reply(prompt).first().text()).isEqualTo("b");
        assertThat(other.reply(prompt).first().text()).isEqualTo("a");
    }

    @Test
    void aSessionsOwnScriptTakesThePlaceOfTheCommonOne() {
        SynthSettings settings = SynthSettings.DEFAULT.withScript(Script.of(Turn.assistant("common")));
        SynthState state = new SynthState(1);
        state.play(Script.of(Turn.assistant("own")));
        Simulation call = new Simulation(
                settings,
                state,
                new Simulation.Circumstances(
                        new Request("openai", "POST", "/v1/chat/completions", Headers.EMPTY, Bytes.utf8("{}")),
                        Asking.NOW_SECONDS,
                        false,
                        CallIds.USUAL));

        assertThat(call.reply(Asking.prompt("gpt-4o", "hi")).first().text()).isEqualTo("own");
    }

    private static void assertError(Asking asking, int status, String message) {
        assertThatThrownBy(() -> asking.reply(Asking.prompt("gpt-4o", "hi")))
                .isInstanceOfSatisfying(ApiErrorException.class, e -> {
                    assertThat(e.error().status()).isEqualTo(status);
                    assertThat(e.error().message()).isEqualTo(message);
                });
    }

    private static List<String> ids(Reply reply) {
        return reply.choices().stream()
                .flatMap(choice -> choice.toolCalls().stream())
                .map(Content.ToolCall::id)
                .toList();
    }

    private static Asking asking(Script script) {
        return new Asking(SynthSettings.DEFAULT.withScript(script));
    }
}
