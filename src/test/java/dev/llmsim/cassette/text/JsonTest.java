package dev.llmsim.cassette.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** JSON as it was written. */
class JsonTest {
    private static final String CHARS = "ab\"\\/\b\f\n\r\t\u0000\u001f\u007f\u0085\u00e9\u2028\ufeff\uffff\ud83d\ude00";
    private static final List<String> LITERALS = List.of(
            "0", "-0", "1.0", "1.50", "1E400", "-1e-7", "123456789012345678901234567890", "true", "false", "null");

    @Test
    void bothNotationsAreReadBackAsTheSameValue() throws JsonProcessingException {
        ObjectMapper oracle = new ObjectMapper();
        for (long seed = 0; seed < 2000; seed++) {
            Json json = random(new Random(seed), 4);

            assertThat(Json.parse(json.compact())).as("seed %d", seed).isEqualTo(json);
            assertThat(Json.parse(json.pretty())).as("seed %d", seed).isEqualTo(json);
            assertThat(oracle.readTree(json.pretty())).isEqualTo(oracle.readTree(json.compact()));
            assertThat(json.pretty().codePoints().allMatch(c -> c == '\n' || YamlText.isPrintable(c)))
                    .isTrue();
        }
    }

    @Test
    void prettyKeepsShortContainersOnOneLine() throws JsonProcessingException {
        String longText = "x".repeat(80);

        assertThat(Json.parse("{\"a\":[1,{\"b\":[]}],\"c\":\"" + longText + "\"}")
                        .pretty())
                .isEqualTo("""
                {
                  "a": [1, {"b": []}],
                  "c": "%s"
                }""".formatted(longText));
        assertThat(Json.parse("[]").pretty()).isEqualTo("[]");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", " ", "{\"a\":1,\"a\":2}", "1 2", "{}{}", "{\"a\":}", "[1,]", "NaN", "01", "'a'", "// c\n1"})
    void whatIsNotExactlyOneValueIsRefused(String text) {
        assertThatThrownBy(() -> Json.parse(text)).isInstanceOf(JsonProcessingException.class);
    }

    private static Json random(Random random, int depth) {
        int kind = random.nextInt(depth == 0 ? 2 : 4);
        if (kind == 0) {
            return new Json.Literal(LITERALS.get(random.nextInt(LITERALS.size())));
        }
        if (kind == 1) {
            return new Json.Text(text(random));
        }
        List<Json.Member> members = new ArrayList<>();
        for (int i = random.nextInt(5); i > 0; i--) {
            members.add(new Json.Member(i + name(random), random(random, depth - 1)));
        }
        return kind == 2
                ? new Json.Struct(members)
                : new Json.Array(members.stream().map(Json.Member::value).toList());
    }

    /** A text without unpaired surrogates, which the JSON parser takes in values only. */
    private static String name(Random random) {
        return text(random).replaceAll("[\ud800-\udfff]", "\ud83d\ude00");
    }

    private static String text(Random random) {
        StringBuilder out = new StringBuilder();
        for (int i = random.nextInt(30); i > 0; i--) {
            out.append(CHARS.charAt(random.nextInt(CHARS.length())));
        }
        return out.toString();
    }
}
