package dev.llmsim.recorder;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmsim.store.ChildJvm;
import dev.llmsim.store.H2Tape;
import dev.llmsim.store.Tape;
import dev.llmsim.store.TapeEntry;
import dev.llmsim.store.UnfinishedExchange;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Kills a recording process with SIGKILL at random points, again and again on one tape, and looks at what it left. */
class RecorderCrashTest {
    private static final int KILLS = 25;
    private static final int MAX_LINES_BEFORE_KILL = 200;

    /** What was reported durable: the key by row. */
    private final Map<Long, String> reported = new HashMap<>();

    private long verifiedRow;

    @Test
    void losesNothingThatWasReportedDurableAndServesNothingUnfinished(@TempDir Path directory) throws Exception {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        for (int kill = 0; kill < KILLS; kill++) {
            String round = "kill " + kill + " of seed " + seed;
            int durable = recordAndKill(directory, "run" + kill, random.nextInt(MAX_LINES_BEFORE_KILL));
            try (Tape tape = kill % 2 == 0 ? H2Tape.open(directory) : H2Tape.openReadOnly(directory)) {
                verify(tape, kill == KILLS - 1 ? 0 : verifiedRow, round);
                if (durable > 0) {
                    assertThat(tape.unfinished())
                            .as(round)
                            .extracting(UnfinishedExchange::path)
                            .contains("/slot/open-run" + kill);
                }
            }
        }
        assertThat(reported).as("seed " + seed).hasSizeGreaterThan(KILLS);
    }

    @Test
    void aReplacementThatWasNotProvedCostsNothingAndTheNextRunMakesIt(@TempDir Path directory) throws Exception {
        try (Tape tape = H2Tape.open(directory)) {
            record(tape, "old");
        }
        try (ChildJvm child = ChildJvm.start(RecordUntilProof.class, directory.toString(), "slot", "unproved")) {
            assertThat(child.line()).isEqualTo("durable, not proved");
            child.kill();
        }
        try (Tape tape = H2Tape.openReadOnly(directory)) {
            assertThat(names(tape)).containsExactly("old", "unproved");
            assertThat(tape.entries()).extracting(TapeEntry::id).doesNotHaveDuplicates();
            assertThat(tape.flawed()).isEmpty();
        }
        try (Tape tape = H2Tape.open(directory)) {
            record(tape, "new");
            assertThat(names(tape)).containsExactly("new");
            assertThat(tape.entries())
                    .extracting(TapeEntry::id)
                    .containsExactly(new SelfDescribing("slot", "").labels().idStem());
        }
    }

    private static void record(Tape tape, String name) {
        Recorder recorder = Recorder.start(
                tape, RecorderSettings.of("crash", WriteRule.RECORD), SelfDescribing.steps(), RecorderListener.NONE);
        new SelfDescribing("slot", name).play(recorder);
        assertThat(recorder.close(Duration.ofSeconds(60)).sealed()).isEqualTo(1);
    }

    private static List<String> names(Tape tape) {
        return tape.recordings("crash").stream()
                .map(recording -> SelfDescribing.of(recording.request()).name())
                .toList();
    }

    /** Returns how many recordings were reported durable before the process was gone. */
    private int recordAndKill(Path directory, String run, int lines) throws Exception {
        try (ChildJvm child = ChildJvm.start(RecordUntilKilled.class, directory.toString(), run)) {
            assertThat(child.line()).isEqualTo("started");
            int durable = 0;
            for (int i = 0; i < lines; i++) {
                note(child.line());
                durable++;
            }
            child.kill();
            // Only whole lines count: the last may have been cut by the kill.
            List<String> rest = child.rest();
            for (String line : rest.subList(0, Math.max(0, rest.size() - 2))) {
                note(line);
                durable++;
            }
            return durable;
        }
    }

    private void note(String line) {
        String[] words = line.split(" ");
        assertThat(words).as(line).hasSize(3);
        reported.put(Long.valueOf(words[1]), words[2]);
    }

    /** The bodies beyond {@code fromRow} (in the last round all, once more), and the list of all recordings. */
    private void verify(Tape tape, long fromRow, String round) {
        List<TapeEntry> entries = tape.entries();
        for (TapeEntry entry : entries) {
            if (entry.row() > fromRow) {
                assertThat(SelfDescribing.wrong(tape.load(entry.row())))
                        .as(round)
                        .isEmpty();
                verifiedRow = Math.max(verifiedRow, entry.row());
            }
        }
        Map<Long, TapeEntry> byRow = entries.stream().collect(Collectors.toMap(TapeEntry::row, entry -> entry));
        Map<String, Long> newest = entries.stream()
                .collect(Collectors.toMap(entry -> entry.keys().content().hex(), TapeEntry::row, Math::max));
        assertThat(reported.entrySet().stream()
                        .filter(one -> !byRow.containsKey(one.getKey())
                                && newest.getOrDefault(one.getValue(), 0L) <= one.getKey()))
                .as("%s: rows that were reported durable and are neither there nor replaced", round)
                .isEmpty();
        Set<Long> unfinished =
                tape.unfinished().stream().map(UnfinishedExchange::row).collect(Collectors.toSet());
        assertThat(byRow.keySet().stream().filter(unfinished::contains))
                .as(round)
                .isEmpty();
        assertThat(entries.stream().map(TapeEntry::id).distinct()).as(round).hasSize(entries.size());
    }
}
