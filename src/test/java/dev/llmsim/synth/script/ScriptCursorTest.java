package dev.llmsim.synth.script;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmsim.provider.conversation.OutputForm;
import dev.llmsim.provider.conversation.Part;
import dev.llmsim.provider.conversation.Prompt;
import dev.llmsim.provider.conversation.Role;
import dev.llmsim.provider.conversation.Sampling;
import dev.llmsim.provider.conversation.Thinking;
import dev.llmsim.provider.conversation.Tooling;
import dev.llmsim.provider.conversation.Turn;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ScriptCursorTest {
    private static final dev.llmsim.synth.script.Turn A = dev.llmsim.synth.script.Turn.assistant("a");
    private static final dev.llmsim.synth.script.Turn B = dev.llmsim.synth.script.Turn.assistant("b");
    private static final dev.llmsim.synth.script.Turn C = dev.llmsim.synth.script.Turn.assistant("c");

    @Test
    void turnsComeInOrderAndTheLastIsRepeated() {
        assertThat(said(Script.of(A, B), "x", "x", "x", "x")).containsExactly("a", "b", "b", "b");
    }

    @Test
    void aLoopBeginsAnew() {
        assertThat(said(Script.of(A, B).onExhausted(OnExhausted.LOOP), "x", "x", "x", "x", "x"))
                .containsExactly("a", "b", "a", "b", "a");
    }

    @Test
    void anEndThatIsAnErrorStaysOne() {
        assertThat(said(Script.of(A, B).onExhausted(OnExhausted.ERROR), "x", "x", "x", "x"))
                .containsExactly("a", "b", "exhausted", "exhausted");
    }

    @Test
    void turnsAreCountedAlsoWhereTheyRepeat() {
        ScriptCursor cursor = new ScriptCursor(Script.of(A, B));

        assertThat(IntStream.range(0, 4)
                        .map(i -> ((ScriptCursor.Taken.Next)
                                        cursor.take(user("x")).orElseThrow())
                                .number()))
                .containsExactly(0, 1, 2, 3);
        assertThat(cursor.taken()).isEqualTo(4);
        assertThat(cursor.left()).isZero();
    }

    @Test
    void aConditionalTurnWaitsForItsRequest() {
        Script script = Script.of(A.when(When.user("Paris")), B, C);

        assertThat(said(script, "Rome", "Paris", "Paris", "Rome")).containsExactly("b", "a", "c", "c");
    }

    @Test
    void aRequestThatNoTurnIsForIsNotScripted() {
        Script script = Script.of(A.when(When.user("Paris")), B.when(When.user("Rome")));

        assertThat(said(script, "Oslo", "Rome", "Oslo", "Paris", "Rome")).containsExactly("-", "b", "-", "a", "b");
    }

    @Test
    void eachRequestSeesTheEndOfItsOwnTurns() {
        Script rules = Script.of(A.when(When.user("Paris")), B.when(When.user("Paris")), C.when(When.user("Rome")));

        assertThat(said(rules, "Paris", "Paris", "Paris", "Rome", "Rome")).containsExactly("a", "b", "b", "c", "c");
        assertThat(said(rules.onExhausted(OnExhausted.LOOP), "Paris", "Paris", "Rome", "Paris", "Rome"))
                .containsExactly("a", "b", "c", "a", "c");
        assertThat(said(rules.onExhausted(OnExhausted.ERROR), "Rome", "Rome", "Paris", "Oslo"))
                .containsExactly("c", "exhausted", "a", "-");
    }

    @Test
    void aLoopOfOneRequestLeavesTheTurnsOfOthersAlone() {
        Script script = Script.of(A.when(When.user("Rome")), B.when(When.user("Rome")), C.when(When.user("Paris")))
                .onExhausted(OnExhausted.LOOP);

        assertThat(said(script, "Rome", "Paris", "Paris", "Rome")).containsExactly("a", "c", "c", "b");
    }

    @Test
    void conditionsLookAtTheLastUserMessageTheNewestResultsAndTheModel() {
        Prompt prompt = prompt(List.of(
                Turn.of(Role.USER, "first"),
                Turn.of(Role.ASSISTANT, "calls"),
                new Turn(Role.TOOL, List.of(new Part.ToolResult("1", "t", "stale"))),
                Turn.of(Role.USER, "second"),
                Turn.of(Role.ASSISTANT, "calls"),
                new Turn(Role.TOOL, List.of(new Part.ToolResult("2", "t", "one"))),
                new Turn(Role.TOOL, List.of(new Part.ToolResult("3", "t", "two")))));

        assertThat(When.user("second").holds(prompt)).isTrue();
        assertThat(When.user("first").holds(prompt)).isFalse();
        assertThat(When.toolResult("one").holds(prompt)).isTrue();
        assertThat(When.toolResult(TextMatch.equalTo("two")).holds(prompt)).isTrue();
        assertThat(When.toolResult("stale").holds(prompt)).isFalse();
        assertThat(When.model("gpt-4o").holds(prompt)).isTrue();
        assertThat(When.model("gpt-4").holds(prompt)).isFalse();
        assertThat(When.model(TextMatch.regex("^gpt-4")).holds(prompt)).isTrue();
        assertThat(When.user("second").and(When.toolResult("three")).holds(prompt))
                .isFalse();
        assertThat(When.toolResult("one").holds(user("one"))).isFalse();
        assertThat(When.user("x").holds(prompt(List.of()))).isFalse();
    }

    @Test
    void aRegexThatTakesForEverHasFoundNothing() {
        assertThat(TextMatch.regex("(a+)+$").holds("a".repeat(5_000) + "b")).isFalse();
        assertThat(TextMatch.regex("(a|b)*c").holds("ab".repeat(200_000))).isFalse();
        assertThat(TextMatch.regex("needle$").holds("hay ".repeat(1_000_000) + "needle"))
                .isTrue();
    }

    @Test
    void callsAtTheSameTimeTakeATurnEach() throws Exception {
        int turns = 400;
        List<dev.llmsim.synth.script.Turn> numbered = new ArrayList<>();
        IntStream.range(0, turns).forEach(i -> numbered.add(dev.llmsim.synth.script.Turn.assistant("t" + i)));
        ScriptCursor cursor = new ScriptCursor(new Script(numbered, OnExhausted.ERROR));
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            Callable<List<String>> some = () -> IntStream.range(0, turns / 8)
                    .mapToObj(i -> said(cursor, user("x")))
                    .toList();
            List<String> all = new ArrayList<>();
            for (Future<List<String>> part : threads.invokeAll(java.util.Collections.nCopies(8, some))) {
                all.addAll(part.get());
            }
            assertThat(all).doesNotHaveDuplicates().hasSize(turns).doesNotContain("exhausted");
            assertThat(said(cursor, user("x"))).isEqualTo("exhausted");
        } finally {
            threads.shutdown();
        }
    }

    private static List<String> said(Script script, String... users) {
        ScriptCursor cursor = new ScriptCursor(script);
        List<String> said = new ArrayList<>();
        for (String user : users) {
            said.add(said(cursor, user(user)));
        }
        return said;
    }

    private static String said(ScriptCursor cursor, Prompt prompt) {
        return cursor.take(prompt)
                .map(taken -> taken instanceof ScriptCursor.Taken.Next next
                        ? ((dev.llmsim.synth.script.Turn.Answer) next.turn())
                                .text()
                                .orElseThrow()
                        : "exhausted")
                .orElse("-");
    }

    private static Prompt user(String text) {
        return prompt(List.of(Turn.of(Role.USER, text)));
    }

    private static Prompt prompt(List<Turn> turns) {
        return new Prompt("gpt-4o", turns, Tooling.NONE, OutputForm.TEXT, Sampling.DEFAULT, Thinking.DEFAULT);
    }
}
