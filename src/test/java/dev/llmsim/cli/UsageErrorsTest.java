package dev.llmsim.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is said, and with which exit code, where a command cannot do what it was told. */
class UsageErrorsTest {
    private static final Path SHIPPED = Path.of("cassettes");

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"nosuch.invalid", "300.1.1.1"})
    void aHostThatIsNoneIsUnknown(String host) {
        Ran.run("replay", SHIPPED, "--port", 0, "--host", host).failed(2, "host: " + host + " is unknown");
    }

    @Test
    void aPathThatLeadsNowhereIsNamed() {
        Path none = folder.resolve("none");
        Ran.run("replay", none).failed(2, none + ": no such file or folder");
        Ran.run("cassette", "import", none, "--store", folder.resolve("tape"))
                .failed(2, none + ": no such file or folder");
        assertThat(folder.resolve("tape")).doesNotExist();
    }

    @Test
    void aCassetteOfAnotherProgramIsToBeImported() throws Exception {
        Path foreign = Files.writeString(folder.resolve("vcr.yaml"), "interactions: []\nversion: 1\n");
        Ran.run("replay", foreign).failed(6, "'llmsim cassette import " + foreign + "'");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "4GB", "999999999999GB"})
    void aRequestCannotBeLargerThanMemory(String size) {
        Ran.run("replay", SHIPPED, "--max-request", size).failed(2, "max-request", "(expected");
    }

    @ParameterizedTest
    @ValueSource(strings = {"--connect-timeout", "--first-byte-timeout", "--idle-timeout", "--drain"})
    void noTimeIsLongerThanADay(String option) {
        Ran.run("passthrough", option, "1000h").failed(2, option, "'1000h'", "at most 24h");
    }

    @Test
    void aFolderWithoutRecordingsIsNamed() {
        Ran.run("replay", folder).failed(8, "no recording in " + folder + " (expected");
    }
}
