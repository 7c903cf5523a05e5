package dev.llmsim.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmsim.store.H2Tape;
import dev.llmsim.store.Tape;
import dev.llmsim.store.TapeChange;
import dev.llmsim.store.TapeEntry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
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
    void whereThereIsNoTapeThereIsNothingToReadAndNothingIsMade() {
        for (List<String> command : List.of(
                List.of("replay"),
                List.of("cassette", "list"),
                List.of("cassette", "show", "id"),
                List.of("cassette", "check"),
                List.of("cassette", "export", "--out", folder.resolve("out").toString()))) {
            List<Object> arguments = new ArrayList<>(command);
            arguments.addAll(List.of("--store", store));
            Ran.run(arguments.toArray()).failed(8, store.toString(), "llmsim record");
        }
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void aCassetteThatIsNotOnTheTapeIsAnErrorForAllThatRead() {
        Ran.run("cassette", "import", SHIPPED.resolve("openai.llm.yaml"), "--store", store)
                .succeeded();
        for (String command : List.of("list", "show", "export")) {
            List<Object> arguments = new ArrayList<>(List.of("cassette", command, "--cassette", "nope"));
            arguments.addAll(List.of("--store", store));
            arguments.addAll(
                    switch (command) {
                        case "show" -> List.of("id");
                        case "export" -> List.of("--out", folder.resolve("out"));
                        default -> List.of();
                    });
            Ran.run(arguments.toArray()).failed(2, "cassette: nope is not on ", "(expected: one of openai)");
        }
    }

    @Test
    void importingIntoOneCassetteKeepsIdsExceptThoseThatAreThereTwice() throws Exception {
        String text = Files.readString(SHIPPED.resolve("openai.llm.yaml"));
        String id = text.lines()
                .filter(line -> line.startsWith("id: "))
                .findFirst()
                .orElseThrow()
                .substring(4);
        Path own = Files.writeString(folder.resolve("own.llm.yaml"), text.replace("id: " + id + "\n", "id: my-own\n"));
        Ran.run("cassette", "import", own, "--cassette", "one", "--store", store)
                .succeeded();
        assertThat(ids()).contains("my-own").doesNotContain(id).doesNotContain("my-own-2");
        Ran.run("cassette", "import", own, own, "--cassette", "one", "--store", store)
                .succeeded();
        assertThat(ids()).contains("my-own", "my-own-2");
    }

    private List<String> ids() {
        try (Tape tape = H2Tape.openReadOnly(store)) {
            return tape.entries().stream().map(TapeEntry::id).toList();
        }
    }

    @Test
    void aNameThatNoFileCanHaveIsRefused() {
        Ran.run("cassette", "import", SHIPPED, "--cassette", "../up", "--store", store)
                .failed(2, "../up");
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
