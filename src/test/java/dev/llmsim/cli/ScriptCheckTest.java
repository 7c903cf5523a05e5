package dev.llmsim.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScriptCheckTest {
    @TempDir
    private Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void saysWhatTheShippedScriptHolds() {
        assertThat(run("script", "check", "examples/weather-agent.script.json")).isZero();
        assertThat(out.toString().lines())
                .containsExactly(
                        "examples/weather-agent.script.json: 4 turns (1 assistant, 1 error, 1 mixed, 1 tool_calls), 1 with a"
                                + " condition, then error",
                        "1 script checked, 0 findings");
    }

    @Test
    void listsWhatIsWrongInAllFiles() throws IOException {
        Path bad = Files.writeString(folder.resolve("bad.json"), "{\"turns\": [\n{\"type\": \"asistant\"}]}");
        Path odd = Files.writeString(
                folder.resolve("odd.json"), "{\"turns\": [\n{\"type\": \"assistant\", \"text\": \"x\", \"dely\": 1}]}");

        assertThat(run("script", "check", bad.toString(), odd.toString())).isEqualTo(7);
        assertThat(out.toString().lines())
                .containsExactly(
                        bad + ":2: turns[0].type: \"asistant\" (expected: assistant, tool_calls, mixed or error)",
                        odd + ": 1 turn (1 assistant), 0 with a condition, then repeat_last",
                        odd + ":2: turns[0].dely: unknown, it has no effect (expected: one of type, text, when)",
                        "2 scripts checked, 2 findings");
    }

    @Test
    void aFileThatIsNotThereIsAWrongArgument() {
        assertThat(run("script", "check", folder.resolve("none.json").toString()))
                .isEqualTo(2);
        assertThat(err.toString()).contains("none.json: no such file (expected: a JSON file with turns)");
        assertThat(run("script")).isEqualTo(2);
        assertThat(err.toString()).contains("no command (expected: check)");
        assertThat(run("script", "check")).isEqualTo(2);
    }

    @Test
    void serveStopsAtABadScriptAndNamesWhereItCameFrom() throws IOException {
        Path bad = Files.writeString(folder.resolve("bad.json"), "{\"turns\": [\n]}");
        Path config = Files.writeString(
                folder.resolve("llmsim.toml"),
                "[response]\nscript_path = '" + bad.toString().replace('\\', '/') + "'\n");

        assertThat(run("serve", "-c", config.toString())).isEqualTo(2);
        assertThat(err.toString())
                .contains("llmsim: script: " + bad + ":1: turns: empty (expected: at least one turn)");
        assertThat(run(Map.of("LLMSIM_SCRIPT", bad.toString()), "serve")).isEqualTo(2);
        assertThat(err.toString()).contains("llmsim: variable LLMSIM_SCRIPT: script: " + bad + ":1: turns: empty");
    }

    private int run(String... args) {
        return run(Map.of(), args);
    }

    private int run(Map<String, String> environment, String... args) {
        return Main.run(args, environment, new PrintWriter(out, true), new PrintWriter(err, true));
    }
}
