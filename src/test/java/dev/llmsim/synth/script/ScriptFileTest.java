package dev.llmsim.synth.script;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.llmsim.exchange.ErrorCode;
import dev.llmsim.exchange.LlmSimException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScriptFileTest {
    @TempDir
    private Path folder;

    @Test
    void everyKindOfTurnIsRead() {
        Script script = Script.parse("""
                {"on_exhausted": "loop", "turns": [
                  {"type": "assistant", "text": "Hello"},
                  {"type": "tool_calls", "calls": [{"name": "bash", "arguments": {"b": 1.0, "a": [2, "x"]}}]},
                  {"type": "mixed", "text": "Running", "calls": [{"name": "bash", "arguments": null, "id": "call_42"}]},
                  {"type": "error", "kind": "rate_limit"},
                  {"type": "error", "kind": "timeout"},
                  {"type": "error", "kind": "invalid_request", "message": "bad args"},
                  {"type": "error", "kind": "other", "message": "boom", "status_code": 502},
                  {"type": "error", "kind": "other", "message": "boom", "status_code": null, "retry_after": 7}
                ]}""");

        assertThat(script)
                .isEqualTo(Script.of(
                                Turn.assistant("Hello"),
                                Turn.toolCalls(ToolCall.of("bash", "{\"b\":1.0,\"a\":[2,\"x\"]}")),
                                Turn.mixed("Running", new ToolCall("bash", "{}", "call_42")),
                                Turn.rateLimit(),
                                Turn.timeout(),
                                Turn.invalidRequest("bad args"),
                                Turn.error(502, "boom"),
                                new Turn.Failure(500, "boom", 7, When.ALWAYS))
                        .onExhausted(OnExhausted.LOOP));
        assertThat(script.turns())
                .extracting(Turn::type)
                .containsExactly("assistant", "tool_calls", "mixed", "error", "error", "error", "error", "error");
    }

    @Test
    void theLastTurnIsRepeatedWhereNothingElseIsSaid() {
        assertThat(Script.parse("{\"turns\":[{\"type\":\"assistant\",\"text\":\"\"}]}"))
                .isEqualTo(Script.of(Turn.assistant("")).onExhausted(OnExhausted.REPEAT_LAST));
    }

    @Test
    void conditionsAreReadInTheirForms() {
        Script script = Script.parse("""
                {"turns": [
                  {"type": "assistant", "text": "a", "when": {"user": "Paris", "model": "gpt-4o"}},
                  {"type": "assistant", "text": "b", "when": {"tool_result": {"regex": "^1[0-9]$"}}},
                  {"type": "assistant", "text": "c", "when": {"model": {"contains": "claude"}, "user": {"equals": "x"}}},
                  {"type": "assistant", "text": "d", "when": null}
                ]}""");

        assertThat(script.turns())
                .extracting(Turn::condition)
                .containsExactly(
                        When.user("Paris").and(When.model("gpt-4o")),
                        When.toolResult(TextMatch.regex("^1[0-9]$")),
                        new When(TextMatch.equalTo("x"), null, TextMatch.contains("claude")),
                        When.ALWAYS);
    }

    /** Each is one line of turns, in a document whose third line it is. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{}|turns[0].type: missing (expected: a string)",
                "7|turns[0]: a number (expected: an object)",
                "{'type': 'asistant', 'text': 'x'}|turns[0].type: \"asistant\" (expected: assistant, tool_calls, mixed or error)",
                "{'type': 'assistant'}|turns[0].text: missing (expected: a string)",
                "{'type': 'assistant', 'text': ['x']}|turns[0].text: an array (expected: a string)",
                "{'type': 'tool_calls'}|turns[0].calls: missing (expected: an array)",
                "{'type': 'tool_calls', 'calls': {}}|turns[0].calls: an object (expected: an array)",
                "{'type': 'tool_calls', 'calls': [{'arguments': {}}]}|turns[0].calls[0].name: missing (expected: a string)",
                "{'type': 'tool_calls', 'calls': [{'name': ''}]}|turns[0].calls[0].name: empty (expected: the name of a tool)",
                "{'type': 'tool_calls', 'calls': ['bash']}|turns[0].calls[0]: a string (expected: an object)",
                "{'type': 'mixed', 'calls': []}|turns[0].text: missing (expected: a string)",
                "{'type': 'error'}|turns[0].kind: missing (expected: a string)",
                "{'type': 'error', 'kind': 'boom'}|turns[0].kind: \"boom\" (expected: rate_limit, timeout, invalid_request or other)",
                "{'type': 'error', 'kind': 'other'}|turns[0].message: missing (expected: a string)",
                "{'type': 'error', 'kind': 'invalid_request'}|turns[0].message: missing (expected: a string)",
                "{'type': 'error', 'kind': 'other', 'message': 'x', 'status_code': 200}|turns[0].status_code: 200 (expected: a whole number from 400 to 599)",
                "{'type': 'error', 'kind': 'other', 'message': 'x', 'status_code': 1E400000}|(expected: a whole number from 400 to 599)",
                "{'type': 'assistant', 'text': 'x', 'when': {}}|turns[0].when: empty (expected: user, tool_result or model)",
                "{'type': 'assistant', 'text': 'x', 'when': 'Paris'}|turns[0].when: a string (expected: an object)",
                "{'type': 'assistant', 'text': 'x', 'when': {'user': ''}}|turns[0].when.user: empty (expected: a text)",
                "{'type': 'assistant', 'text': 'x', 'when': {'user': 1}}|turns[0].when.user: a number",
                "{'type': 'assistant', 'text': 'x', 'when': {'user': {}}}|turns[0].when.user: none of contains, equals and regex",
                "{'type': 'assistant', 'text': 'x', 'when': {'user': {'contains': 'a', 'regex': 'b'}}}|turns[0].when.user: 2 of contains",
                "{'type': 'assistant', 'text': 'x', 'when': {'user': {'regex': '(a'}}}|turns[0].when.user: regex: (a: Unclosed group",
                "{'type': 'assistant', 'text': 'x', 'text': 'y'}|Duplicate field 'text'",
                "{'type': 'assistant', 'text': 'x'},|(expected: JSON)",
                "{'type': 'assistant', 'text': NaN}|(expected: JSON)",
            })
    void whatIsWrongIsNamedWithFileAndLine(String turn, String message) throws IOException {
        Path file = write("{\n\"turns\": [\n" + turn.replace('\'', '"') + "]}");

        assertThatThrownBy(() -> Script.read(file))
                .isInstanceOfSatisfying(
                        LlmSimException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.USAGE))
                .hasMessageStartingWith("script: " + file + ":3: ")
                .hasMessageContaining(message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'turns': []}|turns: empty (expected: at least one turn)",
                "{}|turns: missing (expected: an array)",
                "[]|an array (expected: an object)",
                "{'turns': [{'type': 'assistant', 'text': 'x'}], 'on_exhausted': 'stop'}|on_exhausted: \"stop\" (expected: one of repeat_last, error, loop)",
                "{'turns': [{'type': 'assistant', 'text': 'x'}]} {}|Something follows",
                "``|The document is empty",
                "{'turns': [|(expected: JSON)",
            })
    void aDocumentThatIsNoScriptIsRefused(String document, String message) {
        assertThatThrownBy(() -> Script.parse(document.replace('\'', '"')))
                .isInstanceOf(LlmSimException.class)
                .hasMessageStartingWith("script: script:1: ")
                .hasMessageContaining(message);
    }

    @Test
    void theLineIsThatOfTheValueWhichIsWrong() throws IOException {
        Path file = write(
                "{\n\"on_exhausted\": \"never\",\n\"turns\": [\n{\n\"type\":\n7},\n{\n\"type\": \"error\",\n\"kind\":"
                        + " \"x\"}]}");

        assertThat(ScriptFile.check(file).findings()).extracting(Finding::line).containsExactly(2, 6, 9);
    }

    /** The page on scripts and the shipped example say nothing that is not so. */
    @Test
    void theDocumentedScriptAndTheShippedOneAreInOrder() throws IOException {
        String page = Files.readString(Path.of("docs/scripts.md"));
        int from = page.indexOf("```json") + "```json".length();
        Path documented = write(page.substring(from, page.indexOf("```", from)));

        assertThat(ScriptFile.check(documented).findings()).isEmpty();
        assertThat(ScriptFile.check(documented).script()).isPresent();
        assertThat(ScriptFile.check(Path.of("examples/weather-agent.script.json"))
                        .findings())
                .isEmpty();
    }

    @Test
    void whatHasNoEffectIsFoundAndDoesNotHinder() throws IOException {
        CheckedScript checked = ScriptFile.check(write("""
                {"turns": [
                  {"type": "assistant", "text": "x", "delay_ms": 5, "comment": "said"},
                  {"type": "tool_calls", "calls": []},
                  {"type": "error", "kind": "timeout", "status_code": 504},
                  {"type": "assistant", "text": "x", "when": {"user": "a", "assistant": "b"}}
                 ],
                 "name": "mine", "$schema": "x", "comment": 1}"""));

        assertThat(checked.script()).isPresent();
        assertThat(checked.findings()).noneMatch(Finding::fatal);
        assertThat(checked.lines().stream()
                        .map(line -> line.substring(line.indexOf("json:") + 5))
                        .map(line -> line.replaceAll(" \\(expected.*", "")))
                .containsExactly(
                        "2: turns[0].delay_ms: unknown, it has no effect",
                        "3: turns[1].calls: empty, no tool is called",
                        "4: turns[2].status_code: unknown, it has no effect",
                        "5: turns[3].when.assistant: unknown, it has no effect",
                        "7: name: unknown, it has no effect");
    }

    @Test
    void everythingThatIsWrongIsFoundAtOnce() throws IOException {
        Path file = write("{\"turns\":[\n{\"type\":\"x\"},\n{\"type\":\"assistant\"},\n{}]}");

        assertThat(ScriptFile.check(file).findings()).extracting(Finding::line).containsExactly(2, 3, 4);
        assertThatThrownBy(() -> Script.read(file)).hasMessageContaining("(and 2 more: llmsim script check FILE)");
    }

    @Test
    void hostileFilesEndInOneLine() throws IOException {
        Path deep = write("{\"turns\":" + "[".repeat(100_000));
        assertThatThrownBy(() -> Script.read(deep)).hasMessageContaining("nesting depth");

        Path many = write("{\"turns\":[" + "7,".repeat(200_000) + "7]}");
        assertThat(ScriptFile.check(many).findings()).hasSize(100);

        Path large = folder.resolve("large.json");
        Files.write(large, new byte[ScriptFile.MAX_FILE_BYTES + 1]);
        assertThatThrownBy(() -> Script.read(large)).hasMessageContaining("more than 16777216 bytes");

        Path binary = folder.resolve("binary.json");
        Files.write(binary, new byte[] {'{', '"', (byte) 0xff, (byte) 0xfe, '"', ':', '1', '}'});
        assertThatThrownBy(() -> Script.read(binary))
                .isInstanceOf(LlmSimException.class)
                .hasMessageContaining("(expected: JSON)");

        String number = "9".repeat(100_000);
        Path digits = write("{\"turns\":[{\"type\":\"assistant\",\"text\":" + number + "}]}");
        assertThatThrownBy(() -> Script.read(digits)).isInstanceOf(LlmSimException.class);
    }

    @Test
    void aFileThatCannotBeReadIsNamed() {
        assertThatThrownBy(() -> Script.read(folder.resolve("none.json")))
                .isInstanceOfSatisfying(
                        LlmSimException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.USAGE))
                .hasMessageContaining("none.json: no such file");
        assertThatThrownBy(() -> Script.read(folder)).hasMessageContaining("a folder");
    }

    @Test
    void scriptsOfOtherEncodingsAndWithAMarkAreRead() throws IOException {
        Path marked = folder.resolve("bom.json");
        Files.writeString(
                marked, "\uFEFF{\"turns\":[{\"type\":\"assistant\",\"text\":\"é\"}]}", StandardCharsets.UTF_8);

        assertThat(Script.read(marked).turns()).isEqualTo(List.of(Turn.assistant("é")));
    }

    private Path write(String text) throws IOException {
        return Files.writeString(folder.resolve("a.json"), text);
    }
}
