package dev.llmsim.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmsim.exchange.ErrorCode;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MigrationsTest {
    private static final int NEWEST = Migration.all().size();
    private static final Migration NEXT =
            new Migration(NEWEST + 1, "notes", List.of("CREATE TABLE IF NOT EXISTS note (text VARCHAR(10))"));

    @TempDir
    private Path directory;

    @Test
    void bringsAnOlderTapeForwardAndKeepsItsRecordings() {
        try (Tape tape = H2Tape.open(directory)) {
            tape.write(List.of(Samples.seal(tape, "default", Samples.plain("one"))));
        }
        try (Tape tape = H2Tape.open(directory, withNext())) {
            assertThat(tape.recordings("default")).containsExactly(Samples.plain("one"));
        }
        assertThat(steps())
                .containsExactly("1 cassettes, exchanges, bodies", "2 short bodies in their own row", "3 notes");
    }

    @Test
    void readsAndReleasesBodiesThatTheFirstSchemaHadKeptInParts() {
        try (Tape tape = H2Tape.open(directory)) {
            tape.write(List.of(Samples.seal(tape, "default", Samples.plain("one"))));
        }
        moveBodiesIntoParts();
        try (Tape tape = H2Tape.open(directory)) {
            long row = tape.entries().get(0).row();
            assertThat(tape.load(row)).isEqualTo(Samples.plain("one"));
            assertThat(tape.load(List.of(row, row + 1))).containsExactly(Map.entry(row, Samples.plain("one")));
            tape.write(List.of(new TapeChange.Delete(row)));
        }
        try (H2Database database = H2Database.open(directory.toAbsolutePath(), true)) {
            assertThat(database.<Long>call(
                            "read",
                            handle -> handle.createQuery("SELECT COUNT(*) FROM body_part")
                                    .mapTo(Long.class)
                                    .one()))
                    .isZero();
        }
    }

    private void moveBodiesIntoParts() {
        try (H2Database database = H2Database.open(directory.toAbsolutePath(), false)) {
            database.transact("write", handle -> {
                int parts =
                        handle.execute("INSERT INTO body_part (hash, part, content) SELECT hash, 0, content FROM body");
                assertThat(parts).isPositive();
                handle.execute("ALTER TABLE body DROP COLUMN content");
                handle.execute("DELETE FROM schema_step WHERE version = 2");
            });
        }
    }

    @Test
    void refusesATapeOfANewerVersionAndLeavesItAsItIs() {
        H2Tape.open(directory, withNext()).close();
        H2TapeTest.assertRefuses(
                () -> H2Tape.open(directory), ErrorCode.TAPE_UNUSABLE, "schema version 3 (expected: at most 2)");
        H2TapeTest.assertRefuses(() -> H2Tape.openReadOnly(directory), ErrorCode.TAPE_UNUSABLE, "a newer llmsim");
        H2Tape.open(directory, withNext()).close();
    }

    @Test
    void aTapeThatIsRefusedIsNotLeftOpen() throws Exception {
        H2Tape.open(directory, withNext()).close();
        H2TapeTest.assertRefuses(() -> H2Tape.open(directory), ErrorCode.TAPE_UNUSABLE, "schema version 3");
        try (FileChannel file = FileChannel.open(H2Database.file(directory), StandardOpenOption.WRITE);
                FileLock lock = file.tryLock()) {
            assertThat(lock).as("the lock that an open database holds").isNotNull();
        }
    }

    @Test
    void asksForWritingWhereReadingFindsAnOlderSchema() {
        H2Tape.open(directory).close();
        H2TapeTest.assertRefuses(
                () -> H2Tape.openReadOnly(directory, withNext()), ErrorCode.TAPE_UNUSABLE, "open it once for writing");
        H2Tape.open(directory, withNext()).close();
        H2Tape.openReadOnly(directory, withNext()).close();
    }

    @Test
    void goesOnWithAStepThatACrashCutShort() {
        List<Migration> broken = withNext(
                new Migration(NEWEST + 1, "notes", List.of(NEXT.statements().get(0), "SELECT nothing FROM nowhere")));
        H2TapeTest.assertRefuses(
                () -> H2Tape.open(directory, broken), ErrorCode.TAPE_UNUSABLE, "migrate the schema to version 3");
        H2Tape.open(directory, withNext()).close();
        assertThat(steps()).hasSize(NEWEST + 1);
    }

    private static List<Migration> withNext() {
        return withNext(NEXT);
    }

    private static List<Migration> withNext(Migration next) {
        List<Migration> steps = new ArrayList<>(Migration.all());
        steps.add(next);
        return steps;
    }

    private List<String> steps() {
        try (H2Database database = H2Database.open(directory.toAbsolutePath(), true)) {
            return database.call(
                    "read",
                    handle -> handle.createQuery("SELECT version, description FROM schema_step ORDER BY version")
                            .map((rs, context) -> rs.getInt(1) + " " + rs.getString(2))
                            .list());
        }
    }
}
