package dev.llmsim.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Places for a tape that nobody can write, not even root: below a regular file, and in the kernel's own file system. */
class StorePlaceProcessTest {
    private static final String VCR =
            Path.of("src/test/resources/real-traffic").toAbsolutePath().toString();

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"file/store", "file/deep/store", "/proc/llmsim-store"})
    void whatCannotBeMadeExitsWith5AndTheRemedy(String store) throws Exception {
        Files.writeString(folder.resolve("file"), "a file");
        for (List<String> command : List.of(
                List.of("record", "--port=0"), List.of("auto", "--port=0"), List.of("cassette", "import", VCR))) {
            List<String> arguments = new ArrayList<>(command);
            arguments.add("--store=" + store);
            Program.Ended ended = Program.run(folder, arguments.toArray(String[]::new));
            assertThat(ended.exitCode()).as(command + ended.err()).isEqualTo(5);
            assertThat(ended.out()).isEmpty();
            String last = ended.err().lines().reduce("", (before, line) -> line);
            assertThat(last)
                    .startsWith("llmsim: tape " + store + ": cannot make its directory: ")
                    .contains("(expected: a place where this user may make directories)", "--store")
                    .doesNotContain("damaged", "Exception");
        }
        assertThat(folder.resolve("file")).hasContent("a file");
    }

    @Test
    void allRealTrafficIsImported() throws Exception {
        Program.Ended imported = Program.run(folder, "cassette", "import", VCR, "--store", "tape");
        assertThat(imported.exitCode()).as(imported.err()).isZero();
        assertThat(imported.out()).hasSize(112);
        int recordings = imported.out().stream()
                .map(line -> line.replaceFirst(".*: ([0-9]+) imported.*", "$1"))
                .mapToInt(Integer::parseInt)
                .sum();
        assertThat(recordings).isEqualTo(170);
        Program.Ended checked = Program.run(folder, "cassette", "check", "--store", "tape");
        assertThat(checked.out()).containsExactly("170 recordings checked, 0 findings");
        assertThat(checked.exitCode()).isZero();
    }
}
