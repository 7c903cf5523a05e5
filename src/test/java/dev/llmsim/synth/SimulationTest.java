package dev.llmsim.synth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import com.fasterxml.jackson.databind.JsonNode;
import dev.llmsim.provider.Dialect;
import dev.llmsim.provider.conversation.Choice;
import dev.llmsim.provider.conversation.Content;
import dev.llmsim.provider.conversation.Finish;
import dev.llmsim.provider.conversation.OutputForm;
import dev.llmsim.provider.conversation.Part;
import dev.llmsim.provider.conversation.Prompt;
import dev.llmsim.provider.conversation.Reply;
import dev.llmsim.provider.conversation.Role;
import dev.llmsim.provider.conversation.Sampling;
import dev.llmsim.provider.conversation.Thinking;
import dev.llmsim.provider.conversation.Turn;
import dev.llmsim.provider.conversation.Usage;
import dev.llmsim.provider.simulation.ApiError;
import dev.llmsim.provider.simulation.ApiErrorException;
import dev.llmsim.provider.simulation.Json;
import java.util.List;
import java.util.OptionalLong;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SimulationTest {
    private static final Prompt HELLO = Asking.prompt("gpt-4o", "hello");

    @Test
    void theSamePromptGetsTheSameTextAgainAndAnotherPromptAnother() {
        Asking asking = Asking.lorem();

        assertThat(asking.reply(HELLO).first()).isEqualTo(asking.reply(HELLO).first());
        assertThat(asking.reply(Asking.prompt("gpt-4o", "hello!")).first().text())
                .isNotEqualTo(asking.reply(HELLO).first().text());
    }

    @Test
    void anAnswerStopsBeforeTheFirstStopSequenceInIt() {
        Reply reply = Asking.with("fixed:one two three four", 100, ToolUse.MENTIONED)
                .reply(Asking.with(
                        HELLO, new Sampling(-1, List.of("four", "three", "never"), 1, OptionalLong.empty(), -1)));

        assertThat(reply.first().text()).isEqualTo("one two ");
        assertThat(reply.first().finish()).isEqualTo(new Finish(Finish.Reason.STOP_SEQUENCE, "three"));
        assertThat(reply.usage().completion()).isEqualTo(Tokens.count("gpt-4o", "one two "));
    }

    @Test
    void anAnswerIsCutAtItsLastToken() {
        Asking asking = Asking.with("fixed:one two three four", 100, ToolUse.MENTIONED);

        assertThat(asking.reply(Asking.with(HELLO, limit(2))).first().text()).isEqualTo("one two");
        assertThat(asking.reply(Asking.with(HELLO, limit(2))).first().finish()).isEqualTo(Finish.LENGTH);
        assertThat(asking.reply(Asking.with(HELLO, limit(4))).first().finish()).isEqualTo(Finish.STOP);
        assertThat(asking.reply(Asking.with(HELLO, limit(0))).first().contents())
                .isEmpty();
    }

    @Test
    void aShorterAnswerIsTheBeginningOfTheLongerOne() {
        Asking asking = Asking.lorem();
        List<String> all =
                ((Content.Text) asking.reply(HELLO).first().contents().get(0)).tokens();

        for (int tokens = 1; tokens <= SynthSettings.DEFAULT_TARGET_TOKENS / 2; tokens += 7) {
            assertThat(asking.reply(Asking.with(HELLO, limit(tokens))).first().contents())
                    .containsExactly(new Content.Text(all.subList(0, tokens)));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "lorem, 50, LENGTH",
        "lorem, 51, STOP",
        "lorem, 64, STOP",
        "random, 51, STOP",
        "random, 50, LENGTH",
        "sequence, 64, LENGTH"
    })
    void madeUpWordsAreFewerWhereMostOfThemFitAndElseCut(String generator, int tokens, Finish.Reason reason) {
        for (String model : List.of("gpt-4o", "claude-opus-4-8")) {
            Choice choice = Asking.with(generator, 100, ToolUse.MENTIONED)
                    .reply(Asking.with(Asking.prompt(model, "hello"), limit(tokens)))
                    .first();

            int count = Tokens.count(model, choice.text());
            assertThat(choice.finish().reason()).isEqualTo(reason);
            assertThat(count).isBetween(tokens - 8, tokens);
            assertThat(choice.text().endsWith("."))
                    .isEqualTo(generator.equals("lorem") && reason == Finish.Reason.STOP);
        }
    }

    @Test
    void choicesDiffer() {
        Reply reply =
                Asking.lorem().reply(Asking.with(HELLO, new Sampling(-1, List.of(), 3, OptionalLong.empty(), -1)));

        assertThat(reply.choices())
                .extracting(Choice::text)
                .doesNotHaveDuplicates()
                .hasSize(3);
        assertThat(reply.usage().completion())
                .isEqualTo(reply.choices().stream()
                        .mapToInt(
                                choice -> Tokens.pieces("gpt-4o", choice.text()).size())
                        .sum());
    }

    @ParameterizedTest
    @CsvSource({"NONE, 0", "MINIMAL, 5", "LOW, 15", "DEFAULT, 30", "MEDIUM, 30", "HIGH, 60", "XHIGH, 100"})
    void reasoningModelsThinkByTheirEffort(Thinking.Effort effort, int tokens) {
        Reply reply = counting(10)
                .reply(Asking.with(Asking.prompt("gpt-5-mini", "hi"), new Thinking(effort, Thinking.Summary.NONE, -1)));

        int shown = reply.usage().completion() - reply.usage().reasoning();
        assertThat(reply.usage().reasoning()).isEqualTo(tokens * shown / 10);
        assertThat(reply.first().contents()).hasSize(tokens == 0 ? 1 : 2);
    }

    @Test
    void thoughtsAreWithinTheLimitAndComeFirst() {
        Prompt prompt = Asking.prompt("o3", "hi");
        int shown = Tokens.count("o3", "1 2 3 4 5 6 7 8 9 10");

        Reply all = counting(10).reply(Asking.with(prompt, limit(3 * shown)));
        assertThat(all.first().contents()).singleElement().isInstanceOf(Content.Thought.class);
        assertThat(all.first().finish()).isEqualTo(Finish.LENGTH);
        assertThat(all.usage().completion())
                .isEqualTo(3 * shown)
                .isEqualTo(all.usage().reasoning());

        Reply some = counting(10).reply(Asking.with(prompt, limit(3 * shown + 2)));
        assertThat(some.first().contents()).hasSize(2);
        assertThat(some.usage().completion()).isEqualTo(3 * shown + 2);
    }

    @ParameterizedTest
    @CsvSource({"NONE, 0", "CONCISE, 8", "AUTO, 10", "DETAILED, 15"})
    void summariesAreShownOnlyWhereAskedFor(Thinking.Summary summary, int words) {
        Reply reply = counting(10)
                .reply(Asking.with(Asking.prompt("o3", "hi"), new Thinking(Thinking.Effort.LOW, summary, -1)));

        Content.Thought thought = (Content.Thought) reply.first().contents().get(0);
        assertThat(thought.text().isEmpty() ? 0 : thought.text().split(" ").length)
                .isEqualTo(words);
    }

    @ParameterizedTest
    @CsvSource({
        "gpt-4o, false",
        "gpt-4.1, false",
        "gpt-5.3-chat-latest, false",
        "o1-mini, true",
        "gpt-5.1, true",
        "claude-opus-4-8, false",
        "deepseek-reasoner, true",
        "deepseek-chat, false",
        "gemini-2.5-pro, true",
        "gemini-2.0-flash, false",
        "gpt-5-99, true"
    })
    void onlySomeModelsThinkUnasked(String model, boolean thinks) {
        assertThat(Asking.lorem().reply(Asking.prompt(model, "hi")).usage().reasoning() > 0)
                .isEqualTo(thinks);
    }

    @Test
    void whereThoughtsAreShownInFullTheyAreWhatIsPaidFor() {
        Reply reply = Asking.lorem()
                .reply(Asking.with(
                        Asking.prompt("claude-sonnet-4-5", "hi"),
                        new Thinking(Thinking.Effort.DEFAULT, Thinking.Summary.FULL, 50)));

        Content.Thought thought = (Content.Thought) reply.first().contents().get(0);
        assertThat(thought.tokens()).hasSize(50);
        assertThat(thought.hiddenTokens()).isEqualTo(50).isEqualTo(reply.usage().reasoning());
        assertThat(Asking.lorem()
                        .reply(Asking.prompt("deepseek-reasoner", "hi"))
                        .first()
                        .contents()
                        .get(0)
                        .text())
                .isNotEmpty();
    }

    @Test
    void jsonIsAnObject() throws Exception {
        String text = Asking.lorem()
                .reply(Asking.with(HELLO, OutputForm.JSON))
                .first()
                .text();
        assertThat(Json.parse(text).isObject()).isTrue();

        Asking fixed = Asking.with("fixed:{\"a\":1}", 100, ToolUse.MENTIONED);
        assertThat(fixed.reply(Asking.with(HELLO, OutputForm.JSON)).first().text())
                .isEqualTo("{\"a\":1}");
    }

    @Test
    void aSchemaGetsWhatIsValidAgainstIt() throws Exception {
        JsonNode schema = Json.parse(
                "{\"type\":\"object\",\"properties\":{\"n\":{\"type\":\"integer\"}},\"required\":[\"n\"],\"additionalProperties\":false}");

        String text = Asking.lorem()
                .reply(Asking.with(HELLO, new OutputForm.Schema(schema)))
                .first()
                .text();

        assertThat(text).matches("\\{\"n\":\\d}");
    }

    @Test
    void aSchemaThatNothingIsValidAgainstIsRefused() throws Exception {
        JsonNode schema = Json.parse("{\"type\":\"array\",\"items\":{\"$ref\":\"#\"},\"minItems\":1}");

        assertRefused(Asking.with(HELLO, new OutputForm.Schema(schema)), "Invalid schema for response_format");
    }

    @Test
    void imagesGoOnlyToModelsThatSee() {
        List<Turn> picture = List.of(new Turn(Role.USER, List.of(new Part.Image(10, 10, Part.Detail.AUTO))));

        assertThat(assertRefused(
                                Asking.prompt("o1-mini", picture),
                                "The model `o1-mini` does not support image inputs. Use a vision-capable model.")
                        .status())
                .isEqualTo(400);
        assertThat(Asking.lorem()
                        .reply(Asking.prompt("gpt-4o", picture))
                        .usage()
                        .prompt())
                .isEqualTo(3 + 4 + 255);
        assertThat(Asking.lorem().reply(Asking.prompt("my-model", picture)).choices())
                .hasSize(1);
    }

    @Test
    void whatDoesNotFitIntoTheContextIsRefused() {
        Prompt tooLong = Asking.prompt("gpt-4", "hello ".repeat(9000));
        ApiError error = assertRefused(
                tooLong,
                "This model's maximum context length is 8192 tokens. However, your messages resulted in "
                        + Tokens.count(tooLong) + " tokens. Please reduce the length of the messages.");
        assertThat(error.code()).isEqualTo("context_length_exceeded");
        assertThat(error.param()).isEqualTo("messages");

        assertRefused(
                Asking.with(Asking.prompt("gpt-4", "hello"), limit(8192)),
                "This model's maximum context length is 8192 tokens. However, you requested 8200 tokens (8 in the messages, 8192"
                        + " in the completion). Please reduce the length of the messages or completion.");
    }

    @Test
    void whatASessionAskedBeforeIsReadFromTheCache() {
        Asking asking = Asking.lorem();
        String document = "The quick brown fox jumps over the lazy dog. ".repeat(300);
        Usage first = asking.reply(Asking.prompt("gpt-4o", document + "One?")).usage();
        Usage second = asking.reply(Asking.prompt("gpt-4o", document + "Two?")).usage();

        assertThat(first.cacheRead()).isZero();
        assertThat(first.cacheWritten()).isEqualTo(first.prompt() / 128 * 128);
        assertThat(second.cacheRead()).isPositive().isGreaterThan(second.prompt() - 300);
        assertThat(second.cacheRead() % 128).isZero();
        assertThat(asking.reply(Asking.prompt("gpt-4o-mini", document + "One?"))
                        .usage()
                        .cacheRead())
                .isZero();
        assertThat(asking.reply(HELLO).usage().cacheWritten()).isZero();
        assertThat(asking.reply(HELLO).usage().cacheRead()).isZero();
        assertThat(Asking.lorem()
                        .reply(Asking.prompt("gpt-4o", document + "One?"))
                        .usage()
                        .cacheRead())
                .isZero();
    }

    @Test
    void aSeededRequestGetsTheSameEverythingInAnySession() {
        Prompt seeded = Asking.with(
                Asking.prompt("gpt-4o", "hello ".repeat(2000)), new Sampling(-1, List.of(), 2, OptionalLong.of(5), -1));
        Simulation one = Asking.lorem().engine(Dialect.OPENAI, "{}");
        Asking session = new Asking(SynthSettings.DEFAULT);
        Reply before = session.reply(seeded);
        Simulation other = session.engine(Dialect.OPENAI, "{}");
        one.seeded(5);
        other.seeded(5);

        assertThat(other.ids().uuid()).isEqualTo(one.ids().uuid());
        assertThat(other.ids().alphanumeric("chatcmpl-", 29))
                .isEqualTo(one.ids().alphanumeric("chatcmpl-", 29));
        assertThat(other.nowSeconds()).isEqualTo(one.nowSeconds());
        assertThat(other.reply(seeded)).isEqualTo(one.reply(seeded)).isEqualTo(before);
    }

    @Test
    void unseededCallsHaveIdsOfTheirOwn() {
        Asking asking = Asking.lorem();

        String first = asking.engine(Dialect.OPENAI, "{}").ids().hex("resp_", 50);

        assertThat(first).matches("resp_[0-9a-f]{50}");
        assertThat(asking.engine(Dialect.OPENAI, "{}").ids().hex("resp_", 50)).isNotEqualTo(first);
        assertThat(Asking.lorem().engine(Dialect.OPENAI, "{}").ids().hex("resp_", 50))
                .as("same session seed")
                .isEqualTo(first);
    }

    @Property(tries = 200)
    void usageIsTheSumOfWhatIsThere(
            @ForAll @IntRange(min = 0, max = 300) int limit,
            @ForAll @IntRange(min = 1, max = 4) int choices,
            @ForAll Thinking.Effort effort,
            @ForAll Thinking.Summary summary) {
        for (String model : List.of("gpt-5", "claude-opus-4-8", "gemini-2.5-pro")) {
            Prompt prompt = Asking.with(
                    Asking.with(
                            Asking.prompt(model, "hi"),
                            new Sampling(limit, List.of("dolor"), choices, OptionalLong.empty(), -1)),
                    new Thinking(effort, summary, -1));
            Reply reply = Asking.lorem().reply(prompt);
            int shown = 0;
            int thought = 0;
            for (Choice choice : reply.choices()) {
                int before = shown + thought;
                for (Content content : choice.contents()) {
                    shown += content instanceof Content.Thought
                            ? 0
                            : content.tokens().size();
                    thought += content instanceof Content.Thought hidden ? hidden.hiddenTokens() : 0;
                }
                assertThat(shown + thought - before).isLessThanOrEqualTo(limit);
            }
            assertThat(reply.choices()).hasSize(choices);
            assertThat(reply.usage().completion()).isEqualTo(shown + thought);
            assertThat(reply.usage().reasoning()).isEqualTo(thought);
            assertThat(reply.usage().prompt()).isEqualTo(Tokens.count(prompt));
        }
    }

    @Test
    void aLongAnswerIsMadeInOneGo() {
        Reply reply = counting(200_000).reply(HELLO);

        assertThat(reply.first().text()).startsWith("1 2 3").endsWith(" 200000");
        assertThat(reply.usage().completion())
                .isEqualTo(Tokens.count("gpt-4o", reply.first().text()));
    }

    private static Asking counting(int numbers) {
        return Asking.with("sequence", numbers, ToolUse.MENTIONED);
    }

    private static Sampling limit(int tokens) {
        return new Sampling(tokens, List.of(), 1, OptionalLong.empty(), -1);
    }

    private static ApiError assertRefused(Prompt prompt, String message) {
        ApiError[] error = new ApiError[1];
        assertThatThrownBy(() -> Asking.lorem().reply(prompt))
                .isInstanceOf(ApiErrorException.class)
                .hasMessageContaining(message)
                .asInstanceOf(type(ApiErrorException.class))
                .satisfies(refused -> error[0] = refused.error());
        return error[0];
    }
}
