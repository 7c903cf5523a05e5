package dev.llmsim.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmsim.exchange.ErrorCode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TapeLockTest {
    private static final String URL = "http://127.0.0.1:8099";

    @TempDir
    private Path directory;

    @BeforeEach
    void makeTape() {
        try (Tape tape = H2Tape.open(directory)) {
            tape.write(List.of(Samples.seal(tape, "default", Samples.plain("one"))));
        }
    }

    @Test
    void namesTheProcessAndTheUrlThatHoldATapeAndIsFreeOnceThatWasKilled() throws Exception {
        try (ChildJvm child = ChildJvm.start(HoldTape.class, directory.toString(), "write", URL)) {
            assertThat(child.line()).isEqualTo("held");
            String holder = "held by process " + child.pid() + " at " + URL;
            H2TapeTest.assertRefuses(() -> H2Tape.open(directory), ErrorCode.TAPE_HELD, holder);
            H2TapeTest.assertRefuses(() -> H2Tape.openReadOnly(directory), ErrorCode.TAPE_HELD, holder);
            child.kill();
        }
        assertThat(directory.resolve("tape.owner")).as("what a kill leaves").exists();
        try (Tape tape = H2Tape.open(directory)) {
            assertThat(tape.entries()).hasSize(1);
        }
        assertThat(directory.resolve("tape.owner")).doesNotExist();
    }

    @Test
    void readersShareATapeAndKeepWritersOut() throws Exception {
        try (ChildJvm child = ChildJvm.start(HoldTape.class, directory.toString(), "read", URL)) {
            assertThat(child.line()).isEqualTo("held");
            try (Tape one = H2Tape.openReadOnly(directory);
                    Tape two = H2Tape.openReadOnly(directory)) {
                assertThat(one.recordings("default")).isEqualTo(two.recordings("default"));
            }
            H2TapeTest.assertRefuses(() -> H2Tape.open(directory), ErrorCode.TAPE_HELD, "held by");
            child.kill();
        }
        H2Tape.open(directory).close();
    }

    @Test
    void aRefusedOpeningInTheSameProcessLeavesTheHoldAsItIs() throws Exception {
        try (Tape tape = H2Tape.open(directory)) {
            tape.announce(URL);
            String self = "process " + ProcessHandle.current().pid() + " at " + URL;
            H2TapeTest.assertRefuses(() -> H2Tape.open(directory), ErrorCode.TAPE_HELD, self);
            H2TapeTest.assertRefuses(() -> H2Tape.openReadOnly(directory), ErrorCode.TAPE_HELD, self);
            try (ChildJvm child = ChildJvm.start(HoldTape.class, directory.toString(), "write", URL)) {
                assertThat(child.rest()).containsExactly("exit 1");
            }
            tape.write(List.of(Samples.seal(tape, "default", Samples.plain("two"))));
        }
        try (Tape one = H2Tape.openReadOnly(directory)) {
            H2Tape.openReadOnly(directory).close();
            assertThat(one.recordings("default")).hasSize(2);
            H2TapeTest.assertRefuses(() -> H2Tape.open(directory), ErrorCode.TAPE_HELD, "process");
        }
    }

    @Test
    void aDamagedOwnerFileOnlyLeavesTheHolderUnnamed() throws Exception {
        try (Tape tape = H2Tape.open(directory)) {
            Files.writeString(directory.resolve("tape.owner"), "");
            H2TapeTest.assertRefuses(() -> H2Tape.open(directory), ErrorCode.TAPE_HELD, "held by");
            assertThat(tape.entries()).hasSize(1);
        }
    }
}
