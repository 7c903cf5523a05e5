package dev.llmsim.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmsim.store.H2Tape;
import dev.llmsim.store.Tape;
import dev.llmsim.store.TapeChange;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the commands for tapes and files print, and their exit codes. */
class CassetteCommandsTest {
    private static final Path SHIPPED = Path.of("cassettes");

    @TempDir
    private Path folder;

    private Path store;

    @BeforeEach
    void nameTape() {
        store = folder.resolve("tape");
    }

    @Test
    void anUnfinishedExchangeIsNotedAndDoesNotDecideTheExitCode() {
        Ran.run("cassette", "import", SHIPPED.resolve("openai.llm.yaml"), "--store", store)
                .succeeded();
        try (Tape tape = H2Tape.open(store)) {
            tape.write(List.of(new TapeChange.Begin(tape.nextRow(), "openai", "openai", "POST", "/v1/x", 0)));
        }
        List<String> lines =
                Ran.run("cassette", "check", "--store", store).succeeded().out();
        assertThat(lines).hasSize(2).last().asString().endsWith(" recordings checked, 0 findings, 1 unfinished");
        assertThat(lines.get(0)).startsWith("note: openai/row ").contains("unfinished: POST openai/v1/x");
    }

    @Test
    void aFlawedRecordingIsAFinding() {
        Ran.run("cassette", "import", SHIPPED.resolve("openai.llm.yaml"), "--store", store)
                .succeeded();
        try (Tape tape = H2Tape.open(store)) {
            tape.write(List.of(new TapeChange.Flaw(tape.entries().get(0).row(), "no good")));
        }
        Ran checked = Ran.run("cassette", "check", "--store", store);
        assertThat(checked.exitCode()).isEqualTo(7);
        assertThat(checked.out()).hasSize(2).first().asString().endsWith(": no good");
    }
}
