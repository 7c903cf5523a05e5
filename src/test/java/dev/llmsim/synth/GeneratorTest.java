package dev.llmsim.synth;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmsim.provider.conversation.Part;
import dev.llmsim.provider.conversation.Prompt;
import dev.llmsim.provider.conversation.Role;
import dev.llmsim.provider.conversation.Turn;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class GeneratorTest {
    private static final Prompt HELLO = Asking.prompt("gpt-4o", "hello");

    @Test
    void loremHasThreeWordsForFourTokensAndAFullStopAfterEachTenth() {
        List<String> words = List.of(text("lorem", HELLO, 100, false).split(" "));

        assertThat(words).hasSize(75);
        assertThat(words.get(0)).isEqualTo("Lorem");
        for (int i = 0; i < words.size(); i++) {
            assertThat(words.get(i).endsWith(".")).as("word %d", i).isEqualTo(i % 10 == 9 || i == 74);
        }
        assertThat(text("lorem", HELLO, 1, false)).isEqualTo("Lorem.");
    }

    @Test
    void sequenceCounts() {
        assertThat(text("sequence", HELLO, 5, false)).isEqualTo("1 2 3 4 5");
    }

    @Test
    void randomIsWords() {
        assertThat(text("random", HELLO, 40, false)).matches("([a-z]+ ){29}[a-z]+");
        assertThat(text("random_word", HELLO, 40, false)).isEqualTo(text("random", HELLO, 40, false));
    }

    @Test
    void fixedSaysItsTextWithItsCase() {
        assertThat(text("fixed:Hello: World ", HELLO, 5, false)).isEqualTo("Hello: World");
        assertThat(text("FIXED:a:b", HELLO, 5, false)).isEqualTo("a:b");
        assertThat(text("fixed:", HELLO, 5, false)).isEmpty();
    }

    @Test
    void echoRepeatsTheLastUserMessage() {
        Prompt prompt = Asking.prompt(
                "gpt-4o",
                List.of(
                        Turn.of(Role.USER, "first"),
                        new Turn(
                                Role.USER,
                                List.of(
                                        new Part.Text("one"),
                                        new Part.Image(1, 1, Part.Detail.AUTO),
                                        new Part.Text("two"))),
                        Turn.of(Role.ASSISTANT, "answer")));
        assertThat(text("echo", prompt, 5, false)).isEqualTo("Echo: one two");
        assertThat(text("echo", Asking.prompt("gpt-4o", List.of(Turn.of(Role.SYSTEM, "be"))), 5, false))
                .isEqualTo("Echo: (no user message found)");
    }

    @Test
    void echoRepeatsTheWholePromptWhereItShould() {
        Prompt prompt = Asking.prompt(
                "claude-opus-4-8",
                List.of(
                        Turn.of(Role.SYSTEM, "Be brief."),
                        Turn.of(Role.USER, "hi"),
                        Turn.of(Role.ASSISTANT, "yes"),
                        Turn.of(Role.USER, "so")));
        assertThat(text("echo", prompt, 5, true)).isEqualTo("Echo: Be brief.\nuser: hi\nassistant: yes\nuser: so");
    }

    @Test
    void anUnknownNameIsLoremWithAWarning() {
        Generator.Parsed parsed = Generator.parse("lorm");

        assertThat(parsed.generator()).isEqualTo(Generator.LOREM);
        assertThat(parsed.warningOrNull()).contains("lorm", "lorem, echo, random, sequence or fixed:TEXT");
        assertThat(Generator.parse("Echo").warningOrNull()).isNull();
    }

    private static String text(String generator, Prompt prompt, int targetTokens, boolean echoesAll) {
        return Generator.parse(generator)
                .generator()
                .text(new Generator.Question(prompt, targetTokens, echoesAll), new SplittableRandom(1));
    }
}
