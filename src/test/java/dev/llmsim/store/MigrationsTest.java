package dev.llmsim.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmsim.exchange.ErrorCode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MigrationsTest {
    private static final Migration NEXT =
            new Migration(2, "notes", List.of("CREATE TABLE IF NOT EXISTS note (text VARCHAR(10))"));

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
        assertThat(steps()).containsExactly("1 cassettes, exchanges, bodies", "2 notes");
    }

    @Test
    void refusesATapeOfANewerVersionAndLeavesItAsItIs() {
        H2Tape.open(directory, withNext()).close();
        H2TapeTest.assertRefuses(
                () -> H2Tape.open(directory), ErrorCode.TAPE_UNUSABLE, "schema version 2 (expected: at most 1)");
        H2TapeTest.assertRefuses(() -> H2Tape.openReadOnly(directory), ErrorCode.TAPE_UNUSABLE, "a newer llmsim");
        H2Tape.open(directory, withNext()).close();
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
        Migration broken = new Migration(2, "notes", List.of(NEXT.statements().get(0), "SELECT nothing FROM nowhere"));
        H2TapeTest.assertRefuses(
                () -> H2Tape.open(directory, List.of(Migration.all().get(0), broken)),
                ErrorCode.TAPE_UNUSABLE,
                "migrate the schema to version 2");
        H2Tape.open(directory, withNext()).close();
        assertThat(steps()).hasSize(2);
    }

    private static List<Migration> withNext() {
        List<Migration> steps = new ArrayList<>(Migration.all());
        steps.add(NEXT);
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
