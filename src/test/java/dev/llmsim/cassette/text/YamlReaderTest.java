package dev.llmsim.cassette.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.llmsim.exchange.LlmSimException;
import java.io.IOException;
import java.io.Reader;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.events.Event;
import org.yaml.snakeyaml.events.ScalarEvent;
import org.yaml.snakeyaml.parser.ParserImpl;
import org.yaml.snakeyaml.reader.StreamReader;

/** Reading YAML: the library's own input is the oracle for ours, and every limit holds. */
class YamlReaderTest {
    private static final YamlRules RULES = new YamlRules(1000, 5, 20, Set.of(), false);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a: b\r\nc: |\r\n  d\r\n  e\r\nf: g\r",
                "a: \"x\u0085\u2028 y\"\nb: \ud83d\ude00 'c\ud83d\ude00d'\n? \ud83d\ude00\n: - 1\n  - 2\n",
                "\uFEFFa: b\n---\n- |+\n  \ud83d\ude00\n\n- >-\n  folded\n  text\n...\n---\n{a: [b, c]}\n",
                "",
            })
    void readsAsTheLibrarysOwnInputDoes(String text) {
        assertThat(scalars(new WholeText("f", new StringReader(text))))
                .isEqualTo(scalars(new StreamReader(new StringReader(text))));
    }

    @Test
    void readsRealFilesAsTheLibrarysOwnInputDoes() throws IOException {
        try (Stream<Path> files = Files.walk(Path.of("src/test/resources/real-traffic/openrouter"))) {
            for (Path file : files.filter(Files::isRegularFile)
                    .filter(f -> f.toString().endsWith("yaml"))
                    .toList()) {
                try (Reader ours = Files.newBufferedReader(file);
                        Reader theirs = Files.newBufferedReader(file)) {
                    assertThat(scalars(new WholeText("f", ours))).isEqualTo(scalars(new StreamReader(theirs)));
                }
            }
        }
    }

    @Test
    void limitsHold() {
        assertThat(read("[a, b, [c, [d, [e]]]]")).hasSize(1);
        assertRefused("[[[[[a]]]]]", "f:1: nesting: deeper than 5");
        assertRefused("[a" + ",a".repeat(20) + "]", "f:1: values: more than 20");
        assertRefused("'" + "a".repeat(1000) + "'", "exceeds the limit: 1000");
        assertThat(read(("--- '" + "a".repeat(600) + "'\n").repeat(3))).hasSize(3);
    }

    @Test
    void controlCharactersAreNamedWithTheirLine() {
        assertRefused("a:\n- b\n- \u0007\n", "f:3: character: U+0007 (expected: printable ones)");
    }

    private static List<String> scalars(StreamReader input) {
        List<String> scalars = new ArrayList<>();
        ParserImpl parser = new ParserImpl(input, new LoaderOptions());
        while (!parser.checkEvent(Event.ID.StreamEnd)) {
            Event event = parser.getEvent();
            String value = event instanceof ScalarEvent scalar ? scalar.getValue() : "";
            scalars.add(event.getEventId() + " " + event.getStartMark().getLine() + " " + value);
        }
        return scalars;
    }

    private static List<YamlNode> read(String text) {
        return YamlReader.read("f", new StringReader(text), RULES);
    }

    private static void assertRefused(String text, String message) {
        assertThatThrownBy(() -> read(text)).isInstanceOf(LlmSimException.class).hasMessageContaining(message);
    }
}
