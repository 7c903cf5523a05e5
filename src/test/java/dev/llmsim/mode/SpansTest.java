package dev.llmsim.mode;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SpansTest {
    @ParameterizedTest
    @CsvSource({
        "abc, abc, true",
        "abc, abd, false",
        "{{secret:openai#1}}, sk-1, true",
        "{{secret:openai#1}}, '', false",
        "key {{secret:openai#1}}!, key sk-1!, true",
        "key {{secret:openai#1}}!, key sk-1, false",
        "key {{secret:openai#1}}!, kez sk-1!, false",
        "{{secret:a#1}}-{{secret:b#2}};, x-y;, true",
        "{{secret:a#1}}-{{secret:b#2}};, x-;, false",
        "{{secret:a#1}}-{{secret:b#2}};, xy;, false",
        "aa{{secret:a#1}}aa, aaa, false",
        "aa{{secret:a#1}}aa, aaaa, false",
        "aa{{secret:a#1}}aa, aaaaa, true",
        "%7B%7Bsecret%3Aopenai%231%7D%7D&x=1, sk%2F1&x=1, true",
        "{{secret:openai}}, sk-1, false",
    })
    void comparesOutsideThePlaceholders(String redacted, String original, boolean equal) {
        assertThat(Spans.equal(redacted, original)).isEqualTo(equal);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a", "ab", "abc", "abcd"})
    void aRunOfBase64WithAPlaceholderInItIsOneSpan(String before) {
        String redacted = json(before + "{{secret:openai#1}} and more", "tail");

        assertThat(Spans.equal(redacted, json(before + "sk-12345 and more", "tail")))
                .isTrue();
        assertThat(Spans.equal(redacted, json(before + "sk-12345 and more", "tale")))
                .isFalse();
        assertThat(Spans.equal(json(before + "plain", "tail"), json(before + "other", "tail")))
                .isFalse();
    }

    private static String json(String text, String tail) {
        String base64 = Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
        return "{\"bytes\":\"" + base64 + "\",\"p\":\"" + tail + "\"}";
    }

    /** Of two letters, so that the text between the placeholders is found in many wrong places, too. */
    @Property(tries = 1_000)
    void whateverAPlaceholderStoodForIsEqual(
            @ForAll @Size(min = 1, max = 5)
                    List<@StringLength(max = 3) @CharRange(from = 'a', to = 'b') String> literals,
            @ForAll @Size(min = 5, max = 5)
                    List<@StringLength(min = 1, max = 4) @CharRange(from = 'a', to = 'b') String> secrets) {
        StringBuilder redacted = new StringBuilder(literals.get(0));
        StringBuilder original = new StringBuilder(literals.get(0));
        for (int i = 1; i < literals.size(); i++) {
            redacted.append("{{secret:openai#").append(i).append("}}").append(literals.get(i));
            original.append(secrets.get(i - 1)).append(literals.get(i));
        }
        assertThat(Spans.equal(redacted.toString(), original.toString())).isTrue();
        assertThat(Spans.equal(redacted.toString(), original + "c")).isEqualTo(endsInSpan(literals));
        assertThat(Spans.equal("c" + redacted, original.toString())).isFalse();
    }

    private static boolean endsInSpan(List<String> literals) {
        return literals.size() > 1 && literals.get(literals.size() - 1).isEmpty();
    }
}
