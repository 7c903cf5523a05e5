package dev.llmsim.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.llmsim.exchange.ErrorCode;
import dev.llmsim.exchange.LlmSimException;
import dev.llmsim.exchange.Recording;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class H2TapeTest {
    private static final List<Recording> SHAPES = List.of(
            Samples.plain("one"), Samples.cutWithTrailersAndRepeatedHeaders(), Samples.withoutHead(), Samples.big());

    @TempDir
    private Path directory;

    @Test
    void givesBackEveryShapeOfRecordingAfterItWasClosed() {
        try (Tape tape = H2Tape.open(directory)) {
            tape.write(SHAPES.stream()
                    .<TapeChange>map(shape -> Samples.seal(tape, "default", shape))
                    .toList());
        }
        try (Tape tape = H2Tape.openReadOnly(directory)) {
            assertThat(tape.recordings("default")).isEqualTo(SHAPES);
            assertThat(tape.recordings("other")).isEmpty();
            assertThat(tape.cassettes()).containsExactly("default");
        }
    }

    @Test
    void listsEntriesWithKeysInTheOrderOfTheirRows() {
        Keys keys = new Keys(Samples.key("a"), Samples.key("exact"), 3, "https://api.openai.com");
        try (Tape tape = H2Tape.open(directory)) {
            long first = tape.nextRow();
            long second = tape.nextRow();
            tape.write(List.of(new TapeChange.Seal(second, "b", Samples.withoutHead(), Samples.keys("x"))));
            tape.write(List.of(new TapeChange.Seal(first, "a", Samples.cutWithTrailersAndRepeatedHeaders(), keys)));

            assertThat(tape.entries()).extracting(TapeEntry::row).containsExactly(first, second);
            TapeEntry entry = tape.entries().get(0);
            assertThat(entry)
                    .isEqualTo(TapeEntry.of(
                            new TapeChange.Seal(first, "a", Samples.cutWithTrailersAndRepeatedHeaders(), keys)));
            assertThat(entry.keys()).isEqualTo(keys);
            assertThat(entry.status()).isEqualTo(529);
            assertThat(entry.headersKnown()).isFalse();
            assertThat(tape.entries("b")).extracting(TapeEntry::status).containsExactly(0);
            assertThat(tape.entries("a", Samples.key("a"))).containsExactly(entry);
            assertThat(tape.entries("b", Samples.key("a"))).isEmpty();
        }
    }

    @Test
    void anExchangeIsUnfinishedUntilItIsSealed() {
        try (Tape tape = H2Tape.open(directory)) {
            long row = tape.nextRow();
            long other = tape.nextRow();
            tape.write(List.of(
                    new TapeChange.Begin(row, "default", "openai", "POST", "/v1/chat/completions", 77),
                    new TapeChange.Begin(other, "default", "openai", "GET", "/v1/models", 78),
                    new TapeChange.Abandon(other, "the disk is full")));
            assertThat(tape.entries()).isEmpty();
            assertThat(tape.recordings("default")).isEmpty();
            assertThat(tape.unfinished())
                    .containsExactly(
                            new UnfinishedExchange(row, "default", "openai", "POST", "/v1/chat/completions", 77, null),
                            new UnfinishedExchange(
                                    other, "default", "openai", "GET", "/v1/models", 78, "the disk is full"));
            assertRefuses(() -> tape.load(row), ErrorCode.TAPE_UNUSABLE, "row " + row);

            tape.write(List.of(new TapeChange.Seal(row, "default", Samples.plain("one"), Samples.keys("one"))));
            assertThat(tape.unfinished()).extracting(UnfinishedExchange::row).containsExactly(other);
            assertThat(tape.load(row)).isEqualTo(Samples.plain("one"));
        }
    }

    @Test
    void keepsEqualBodiesOnceAndDropsThemWithTheirLastUse() {
        try (Tape tape = H2Tape.open(directory)) {
            Recording big = Samples.big();
            TapeChange.Seal first = Samples.seal(tape, "default", big);
            TapeChange.Seal second = Samples.seal(tape, "default", big.withId("big-2"));
            tape.write(List.of(first, second));
            tape.write(List.of(new TapeChange.Delete(first.row())));
            assertThat(tape.recordings("default")).containsExactly(big.withId("big-2"));
        }
        // 3 distinct bodies: request, response, cuts into frames.
        assertThat(count("body")).isEqualTo(3);
        try (Tape tape = H2Tape.open(directory)) {
            tape.write(List.of(new TapeChange.Delete(tape.entries().get(0).row())));
        }
        assertThat(count("body") + count("body_part") + count("exchange")).isZero();
    }

    @Test
    void loadsSeveralAtOnceAndNoneForARowWithoutARecording() {
        try (Tape tape = H2Tape.open(directory)) {
            List<TapeChange> seals = new ArrayList<>();
            SHAPES.forEach(one -> seals.add(Samples.seal(tape, "default", one)));
            tape.write(seals);
            long begun = tape.nextRow();
            tape.write(List.of(new TapeChange.Begin(begun, "default", "openai", "GET", "/", 0)));
            Map<Long, Recording> expected = new HashMap<>();
            for (int i = 0; i < SHAPES.size(); i++) {
                expected.put(seals.get(i).row(), SHAPES.get(i));
            }
            List<Long> rows = new ArrayList<>(expected.keySet());
            rows.add(begun);
            rows.add(begun + 1);
            assertThat(tape.load(rows)).isEqualTo(expected);
            assertThat(tape.load(List.of())).isEmpty();
        }
    }

    @Test
    void laterChangesOfOneWriteSeeTheEarlierOnes() {
        try (Tape tape = H2Tape.open(directory)) {
            TapeChange.Seal kept = Samples.seal(tape, "default", Samples.plain("one"));
            TapeChange.Seal gone = Samples.seal(tape, "default", Samples.plain("one"));
            TapeChange.Begin begun =
                    new TapeChange.Begin(kept.row(), "default", "openai", "POST", "/v1/chat/completions", 0);
            tape.write(List.of(
                    begun,
                    kept,
                    gone,
                    new TapeChange.Rename(kept.row(), "two"),
                    new TapeChange.Delete(gone.row()),
                    new TapeChange.Flaw(kept.row(), "frame 1 differs")));
            assertThat(tape.flawed()).extracting(TapeEntry::id).containsExactly("two");
            assertThat(tape.recordings("default"))
                    .containsExactly(Samples.plain("one").withId("two"));
        }
    }

    @Test
    void closingWritesAFileAnewThatIsMostlyDeadAndALeftoverOfThatHarmsNothing() throws Exception {
        Path file = directory.resolve("tape.mv.db");
        List<Recording> written = new ArrayList<>();
        long openBytes;
        try (Tape tape = H2Tape.open(directory)) {
            for (int i = 0; i < 400; i++) {
                Recording one = Samples.plain("id-" + i);
                tape.write(List.of(Samples.seal(tape, "default", one)));
                written.add(one);
            }
            openBytes = Files.size(file);
        }
        assertThat(Files.size(file)).isLessThan(openBytes / 4);
        Files.write(directory.resolve("tape.mv.db.tempFile"), Arrays.copyOf(Files.readAllBytes(file), 10_000));
        try (Tape tape = H2Tape.open(directory)) {
            assertThat(tape.recordings("default")).isEqualTo(written);
        }
    }

    @Test
    void makesAllChangesOfOneWriteOrNone() {
        try (Tape tape = H2Tape.open(directory)) {
            TapeChange.Seal good = Samples.seal(tape, "default", Samples.plain("one"));
            TapeChange.Begin first = new TapeChange.Begin(tape.nextRow(), "default", "openai", "GET", "/", 0);
            assertRefuses(() -> tape.write(List.of(good, first, first)), ErrorCode.TAPE_UNUSABLE, "cannot write");
            assertThat(tape.entries()).isEmpty();
            assertThat(tape.unfinished()).isEmpty();
            tape.write(List.of(good));
            assertThat(tape.entries()).hasSize(1);
        }
    }

    @Test
    void takesFlawsNewKeysAndNewIds() {
        try (Tape tape = H2Tape.open(directory)) {
            TapeChange.Seal seal = Samples.seal(tape, "default", Samples.plain("one"));
            Keys fresh = new Keys(Samples.key("fresh"), Samples.key("exact"), 2, "https://h");
            tape.write(List.of(seal, new TapeChange.Flaw(seal.row(), "frame 3 differs")));
            tape.write(List.of(new TapeChange.Rekey(seal.row(), fresh), new TapeChange.Rename(seal.row(), "uno")));
            TapeEntry entry = tape.flawed().get(0);
            assertThat(entry.flaw()).contains("frame 3 differs");
            assertThat(entry.keys()).isEqualTo(fresh);
            assertThat(tape.load(seal.row())).isEqualTo(Samples.plain("one").withId("uno"));
            tape.write(List.of(new TapeChange.Flaw(seal.row(), null)));
            assertThat(tape.flawed()).isEmpty();
        }
    }

    @Test
    void rowsGoOnWhereTheyStopped() {
        long last;
        try (Tape tape = H2Tape.open(directory)) {
            TapeChange.Seal seal = Samples.seal(tape, "default", Samples.plain("one"));
            tape.write(List.of(seal));
            last = seal.row();
        }
        try (Tape tape = H2Tape.open(directory)) {
            assertThat(tape.nextRow()).isGreaterThan(last);
        }
    }

    @Test
    void goesOnAfterAThreadWasInterruptedAtWork() {
        try (Tape tape = H2Tape.open(directory)) {
            Thread.currentThread().interrupt();
            tape.write(List.of(Samples.seal(tape, "default", Samples.plain("one"))));
            assertThat(tape.entries()).hasSize(1);
            assertThat(Thread.interrupted()).isTrue();
        }
    }

    @Test
    void keepsAllItsFilesInsideItsDirectory() throws Exception {
        Path store = directory.resolve("a/b");
        try (Tape tape = H2Tape.open(store)) {
            tape.write(List.of(Samples.seal(tape, "default", Samples.plain("one"))));
        }
        try (Stream<Path> all = Files.walk(directory)) {
            assertThat(all.filter(Files::isRegularFile))
                    .containsExactlyInAnyOrder(store.resolve("tape.mv.db").toRealPath(), store.resolve("tape.lock"));
        }
    }

    @Test
    void readsOnlyWhenOpenedToRead() {
        H2Tape.open(directory).close();
        try (Tape tape = H2Tape.openReadOnly(directory)) {
            assertRefuses(
                    () -> tape.write(List.of(new TapeChange.Delete(1))), ErrorCode.TAPE_UNUSABLE, "opened to read");
        }
        assertRefuses(
                () -> H2Tape.openReadOnly(directory.resolve("none")), ErrorCode.TAPE_UNUSABLE, "there is no tape");
    }

    @Test
    void refusesPlacesThatCannotHoldATape() throws Exception {
        Path file = Files.writeString(directory.resolve("file"), "x");
        assertRefuses(() -> H2Tape.open(directory), ErrorCode.TAPE_UNUSABLE, "holds other files and no tape");
        assertRefuses(() -> H2Tape.open(file), ErrorCode.TAPE_UNUSABLE, "this is a file");
        assertRefuses(() -> H2Tape.open(file.resolve("sub")), ErrorCode.TAPE_UNUSABLE, "make its directory");
        assertThat(Files.readString(file)).isEqualTo("x");
    }

    @Test
    void refusesPathsThatCouldSmuggleSqlIntoTheUrl() throws Exception {
        Path script = directory.resolve("victim");
        Path hostile = directory.resolve("x;INIT=CREATE TABLE t(a INT)\\;SCRIPT TO '" + script + "'");
        assertRefuses(() -> H2Tape.open(hostile), ErrorCode.TAPE_UNUSABLE, "semicolons");
        assertRefuses(() -> H2Tape.openReadOnly(hostile), ErrorCode.TAPE_UNUSABLE, "semicolons");
        assertRefuses(() -> H2Tape.open(directory.resolve("a\nb")), ErrorCode.TAPE_UNUSABLE, "control characters");
        Path target = Files.createDirectory(directory.resolve("real;INIT=1"));
        Path link = Files.createSymbolicLink(directory.resolve("link"), target);
        assertRefuses(() -> H2Tape.open(link), ErrorCode.TAPE_UNUSABLE, "semicolons");
        assertThat(script).doesNotExist();
    }

    @Test
    void takesPathsWithBlanksAndOtherLetters() {
        Path odd = directory.resolve("mein tape & größe %41 ~ 'q' \"d\"");
        try (Tape tape = H2Tape.open(odd)) {
            tape.write(List.of(Samples.seal(tape, "default", Samples.plain("one"))));
        }
        assertThat(H2Tape.exists(odd)).isTrue();
    }

    private long count(String table) {
        try (H2Database database = H2Database.open(directory.toAbsolutePath(), true)) {
            return database.call(
                    "count",
                    handle -> handle.createQuery("SELECT COUNT(*) FROM " + table)
                            .mapTo(Long.class)
                            .one());
        }
    }

    static void assertRefuses(org.assertj.core.api.ThrowableAssert.ThrowingCallable call, ErrorCode code, String part) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        LlmSimException.class, e -> assertThat(e.code()).isEqualTo(code))
                .hasMessageContaining(part);
    }
}
