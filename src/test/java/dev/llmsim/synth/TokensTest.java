package dev.llmsim.synth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.knuddels.jtokkit.api.Encoding;
import com.knuddels.jtokkit.api.EncodingType;
import dev.llmsim.provider.conversation.OutputForm;
import dev.llmsim.provider.conversation.Part;
import dev.llmsim.provider.conversation.Prompt;
import dev.llmsim.provider.conversation.Role;
import dev.llmsim.provider.conversation.Sampling;
import dev.llmsim.provider.conversation.Thinking;
import dev.llmsim.provider.conversation.Tool;
import dev.llmsim.provider.conversation.ToolChoice;
import dev.llmsim.provider.conversation.Tooling;
import dev.llmsim.provider.conversation.Turn;
import dev.llmsim.provider.simulation.Json;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Counts of tiktoken; those of text as its cookbook and two independent ports of it give them. */
class TokensTest {
    private static final Encoding O200K =
            com.knuddels.jtokkit.Encodings.newDefaultEncodingRegistry().getEncoding(EncodingType.O200K_BASE);
    private static final Encoding CL100K =
            com.knuddels.jtokkit.Encodings.newDefaultEncodingRegistry().getEncoding(EncodingType.CL100K_BASE);

    @Test
    void picturesThatClaimAnySizeStillCostANumber() {
        List<Part> pictures =
                Collections.nCopies(100, new Part.Image(Integer.MAX_VALUE, Integer.MAX_VALUE, Part.Detail.HIGH));
        Prompt prompt = new Prompt(
                "gemini-2.0-flash",
                Collections.nCopies(3, new Turn(Role.USER, pictures)),
                Tooling.NONE,
                OutputForm.TEXT,
                Sampling.DEFAULT,
                Thinking.DEFAULT);

        assertThat(Tokens.count(prompt)).isEqualTo(1_000_000_000);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "antidisestablishmentarianism | 6 | 6",
                "2 + 2 = 4 | 7 | 7",
                "お誕生日おめでとう | 8 | 9",
                "👍🏽 naïve café — “quoted” | 10 | 13",
                "مرحبا بالعالم | 4 | 10",
                "The quick brown fox jumps over the lazy dog. | 10 | 10",
                "1234567890 3.14159 | 9 | 9",
                "{\"location\":\"Paris\",\"unit\":\"celsius\"} | 10 | 10",
                "tiktoken is great! | 6 | 6"
            })
    void countsAsTiktoken(String text, int o200k, int cl100k) {
        assertThat(Tokens.count("gpt-5", text)).isEqualTo(o200k);
        assertThat(Tokens.count("gpt-4", text)).isEqualTo(cl100k);
    }

    @Test
    void countsWhiteSpaceAndLongRunsAsTiktoken() {
        String code = "    def f(x):\n\t\treturn x**2  # square\n\n";
        assertThat(Tokens.count("gpt-5", code)).isEqualTo(14);
        assertThat(Tokens.count("gpt-4", code)).isEqualTo(14);
        assertThat(Tokens.count("gpt-5", "a".repeat(1000))).isEqualTo(125);
        assertThat(Tokens.count("gpt-4", "a".repeat(1000))).isEqualTo(125);
        assertThat(Tokens.count("gpt-5", "<|endoftext|>"))
                .as("special tokens are text")
                .isEqualTo(7);
        assertThat(Tokens.count("gpt-5", "")).isZero();
    }

    @ParameterizedTest
    @CsvSource({
        "gpt-4o-mini, O200K_BASE",
        "chatgpt-4o-latest, O200K_BASE",
        "gpt-4.1, O200K_BASE",
        "gpt-4.5-preview, O200K_BASE",
        "gpt-5.1, O200K_BASE",
        "o1, O200K_BASE",
        "o3-mini, O200K_BASE",
        "o4-mini, O200K_BASE",
        "gpt-oss-20b, O200K_BASE",
        "gpt-6, O200K_BASE",
        "deepseek-chat, O200K_BASE",
        "ft:gpt-4o:org::id, O200K_BASE",
        "openai/gpt-4, CL100K_BASE",
        "gpt-4, CL100K_BASE",
        "gpt-4-turbo, CL100K_BASE",
        "gpt-3.5-turbo, CL100K_BASE",
        "gpt-35-turbo-16k, CL100K_BASE",
        "davinci-002, CL100K_BASE",
        "text-embedding-3-large, CL100K_BASE",
        "text-embedding-ada-002, CL100K_BASE",
        "ft:gpt-3.5-turbo:org::id, CL100K_BASE",
        "text-davinci-003, P50K_BASE",
        "code-cushman-001, P50K_BASE",
        "davinci, R50K_BASE"
    })
    void eachModelHasTiktokensEncoding(String model, String encoding) {
        assertThat(Encodings.type(model).name()).isEqualTo(encoding);
    }

    @ParameterizedTest
    @CsvSource({
        // recorded: gpt-4o through Chat Completions
        "gpt-4o, '', What is the capital of Mexico?, 14",
        // recorded: gpt-4o through Responses
        "gpt-4o, You are a helpful assistant., What is the capital of France?, 24",
        // recorded: o3 and gpt-5-mini through a router
        "openai/o3, '', Who are you, 9",
        "openai/gpt-5-mini, '', Hello!, 8"
    })
    void promptsCostWhatTheyCostWhenRecorded(String model, String system, String user, int tokens) {
        List<Turn> turns = system.isEmpty()
                ? List.of(Turn.of(Role.USER, user))
                : List.of(Turn.of(Role.SYSTEM, system), Turn.of(Role.USER, user));
        assertThat(Tokens.count(prompt(model, turns, Tooling.NONE))).isEqualTo(tokens);
    }

    /** The example of OpenAI's cookbook, "How to count tokens with tiktoken": 105 for gpt-4, 101 for gpt-4o. */
    @ParameterizedTest
    @CsvSource({"gpt-4, 105", "gpt-3.5-turbo, 105", "gpt-4o, 101", "gpt-4o-mini, 101"})
    void toolsCostWhatTheCookbookSays(String model, int tokens) throws JsonProcessingException {
        Tool tool =
                new Tool("get_current_weather", "Get the current weather in a given location", Json.parse("""
                        {"type":"object","properties":{
                          "location":{"type":"string","description":"The city and state, e.g. San Francisco, CA"},
                          "unit":{"type":"string","description":"The unit of temperature to return","enum":["celsius","fahrenheit"]}},
                          "required":["location"]}"""), false);
        List<Turn> turns = List.of(
                Turn.of(Role.SYSTEM, "You are a helpful assistant that can answer to questions about the weather."),
                Turn.of(Role.USER, "What's the weather like in San Francisco?"));
        assertThat(Tokens.count(prompt(model, turns, new Tooling(List.of(tool), ToolChoice.AUTO, true))))
                .isEqualTo(tokens);
    }

    /** The numbers are tiktoken's. */
    @Test
    void encodesAndDecodesByTheNumbersOfTokens() {
        assertThat(Tokens.encode("gpt-4o", "hello world")).containsExactly(24912, 2375);
        assertThat(Tokens.encode("gpt-4", "hello world")).containsExactly(15339, 1917);
        String text = "Grüße, 世界! 🧑‍🚀 <|endoftext|>";
        assertThat(Tokens.decode("gpt-5", Tokens.encode("gpt-5", text))).isEqualTo(text);
        assertThat(Tokens.encode("gpt-5", text)).hasSize(Tokens.count("gpt-5", text));
        assertThatThrownBy(() -> Tokens.encode("claude-opus-4-8", "hi"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("claude-opus-4-8")
                .hasMessageContaining("expected");
    }

    @Test
    void whereTheTokenizerIsNotPublicCharactersAreCounted() {
        assertThat(Tokens.count("claude-opus-4-8", "1234567")).isEqualTo(2);
        assertThat(Tokens.count("claude-opus-4-8", "12345678")).isEqualTo(3);
        assertThat(Tokens.count("models/gemini-2.5-pro", "12345678")).isEqualTo(2);
        assertThat(Tokens.pieces("gemini-2.5-pro", "The quick brown fox"))
                .containsExactly("The", " quick", " br", "own", " fox");
    }

    @Test
    void warmingEndsWithTheTokenizerReady() throws Exception {
        Tokens.warm().toCompletableFuture().get(1, TimeUnit.MINUTES);

        assertThat(Tokens.isReady("gpt-5")).isTrue();
        assertThat(Tokens.isReady("claude-opus-4-8")).isTrue();
        assertThat(Tokens.count("davinci", "hello world")).isEqualTo(2);
        assertThat(Tokens.isReady("davinci")).isTrue();
    }

    /** Texts longer than what is encoded at a time have the tokens they have in one. */
    @Property(tries = 20)
    void longTextsCountAsTheSumOfTheirParts(@ForAll long seed) {
        String words = words(new SplittableRandom(seed));

        assertThat(Tokens.count("gpt-4o", words)).isEqualTo(O200K.countTokensOrdinary(words));
        assertThat(Tokens.count("gpt-4", words)).isEqualTo(CL100K.countTokensOrdinary(words));
        assertThat(String.join("", Tokens.pieces("gpt-4o", words))).isEqualTo(words);
    }

    private static String words(SplittableRandom random) {
        List<String> parts = List.of(
                "word", " word", "'s", "'S ", "\n", "\r\n  ", "  ", "\t", "12", "3456", "Grüße", "世界", "🧑‍🚀", "!",
                "/*", "a.b", "e\u0301", "_x", "\u00a0");
        StringBuilder text = new StringBuilder();
        while (text.length() < 3 * Stretches.MAX_CHARACTERS) {
            text.append(parts.get(random.nextInt(parts.size())));
        }
        return text.toString();
    }

    /** A word of four million letters would take a gigabyte in one. */
    @Test
    void aWordWithoutEndIsCounted() {
        assertThat(Tokens.count("gpt-4o", "x".repeat(4_000_000))).isBetween(400_000, 600_000);
        String pairs = "x" + "🧑".repeat(Stretches.MAX_CHARACTERS);
        assertThat(String.join("", Tokens.pieces("gpt-4o", pairs))).isEqualTo(pairs);
    }

    @Property(tries = 300)
    void piecesJoinedAreTheText(@ForAll String any, @ForAll boolean isClaude) {
        String text = new String(any.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
        String model = isClaude ? "claude-sonnet-4-5" : "gpt-4o";

        List<String> pieces = Tokens.pieces(model, text);

        assertThat(String.join("", pieces)).isEqualTo(text);
        assertThat(pieces).allSatisfy(piece -> assertThat(piece).isNotEmpty());
        assertThat(pieces.size()).isLessThanOrEqualTo(Tokens.count(model, text));
        if (isClaude) {
            assertThat(pieces).hasSize(Tokens.count(model, text));
        }
    }

    @Test
    void noPieceSplitsACharacter() {
        String text = "お誕生日🧑‍🚀🇪🇺 تجربة 🫠";
        for (String model : List.of("gpt-4o", "gpt-4", "claude-opus-4-8", "gemini-2.5-pro")) {
            List<String> pieces = Tokens.pieces(model, text);
            assertThat(String.join("", pieces)).isEqualTo(text);
            assertThat(pieces)
                    .noneMatch(piece -> Character.isLowSurrogate(piece.charAt(0)) || piece.contains("\uFFFD"));
        }
    }

    private static Prompt prompt(String model, List<Turn> turns, Tooling tooling) {
        return new Prompt(model, turns, tooling, OutputForm.TEXT, Sampling.DEFAULT, Thinking.DEFAULT);
    }
}
