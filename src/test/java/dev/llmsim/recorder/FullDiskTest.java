package dev.llmsim.recorder;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmsim.exchange.Recording;
import dev.llmsim.store.ChildJvm;
import dev.llmsim.store.H2Tape;
import dev.llmsim.store.Tape;
import dev.llmsim.store.UnfinishedExchange;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real process whose writes really fail, because the system limits the size of its files. */
class FullDiskTest {
    private static final int LIMIT_KILOBYTES = 4_000;

    @Test
    void givesUpWhatFindsNoRoomKeepsTheRestAndGoesOn(@TempDir Path directory) throws Exception {
        List<String> said;
        try (ChildJvm child =
                ChildJvm.startWithFileLimit(LIMIT_KILOBYTES, RecordOnFullDisk.class, directory.toString())) {
            said = child.rest();
        }
        assertThat(said).hasSize(8);
        for (int round = 0; round < 3; round++) {
            assertThat(said.get(2 * round)).isEqualTo("durable /slot/small-" + round);
            assertThat(said.get(2 * round + 1)).startsWith("given up").contains("expected: room on the disk");
        }
        assertThat(said.subList(6, 8)).containsExactly("3 sealed, 3 given up, 0 bytes held", "exit 0");
        try (Tape tape = H2Tape.openReadOnly(directory)) {
            assertThat(tape.recordings("default"))
                    .hasSize(3)
                    .allSatisfy(one -> assertThat(SelfDescribing.wrong(one)).isEmpty())
                    .extracting(Recording::id)
                    .doesNotHaveDuplicates();
            assertThat(tape.unfinished())
                    .extracting(UnfinishedExchange::path)
                    .containsExactly("/slot/large-0", "/slot/large-1", "/slot/large-2");
        }
    }
}
