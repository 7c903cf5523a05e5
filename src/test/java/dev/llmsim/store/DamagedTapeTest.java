package dev.llmsim.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmsim.exchange.ErrorCode;
import dev.llmsim.exchange.LlmSimException;
import dev.llmsim.exchange.Recording;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What comes from a damaged file is either what was written, or an error that says so. */
class DamagedTapeTest {
    private static final int DAMAGES = 120;

    @TempDir
    private Path directory;

    @Test
    void flippedAndMissingBytesAreNoticedOrHarmless() throws Exception {
        Map<String, Recording> written = new HashMap<>();
        byte[] file = tape(written);
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        int refused = 0;
        for (int i = 0; i < DAMAGES; i++) {
            byte[] damaged = i % 6 == 5 ? Arrays.copyOf(file, random.nextInt(file.length)) : flip(file, random);
            Path copy = Files.createDirectory(directory.resolve("copy" + i));
            Files.write(H2Database.file(copy), damaged);
            refused += refusals(copy, written, "damage " + i + " of seed " + seed, i % 2 == 0);
        }
        assertThat(refused).as("damages that were noticed, of seed " + seed).isPositive();
    }

    @Test
    void aFileOfAnotherKindIsRefused() throws Exception {
        Files.writeString(H2Database.file(directory), "no database at all".repeat(1000));
        H2TapeTest.assertRefuses(() -> H2Tape.open(directory), ErrorCode.TAPE_UNUSABLE, "restore it from a copy");
        H2TapeTest.assertRefuses(
                () -> H2Tape.openReadOnly(directory), ErrorCode.TAPE_UNUSABLE, "restore it from a copy");
    }

    @Test
    void anEmptyFileIsNotTakenForANewTape() throws Exception {
        Files.createFile(H2Database.file(directory));

        H2TapeTest.assertRefuses(() -> H2Tape.open(directory), ErrorCode.TAPE_UNUSABLE, "tape.mv.db is empty");
        H2TapeTest.assertRefuses(() -> H2Tape.openReadOnly(directory), ErrorCode.TAPE_UNUSABLE, "tape.mv.db is empty");
        assertThat(H2Database.file(directory)).isEmptyFile();
    }

    @Test
    void aFileThatWasCutIsCalledDamagedInWords() throws Exception {
        byte[] file = tape(new HashMap<>());
        for (int length : new int[] {1, 4096, 8192, 12_288, 20_000, file.length / 2}) {
            for (boolean readOnly : new boolean[] {true, false}) {
                Path copy = Files.createDirectory(directory.resolve("cut" + length + readOnly));
                Files.write(H2Database.file(copy), Arrays.copyOf(file, length));
                String said = messages(copy, readOnly);
                assertThat(said)
                        .as(length + " bytes of " + file.length)
                        .doesNotContain("sound", "cannot open: Index", "read only")
                        .doesNotContainPattern(": (\\w+Exception|Index -?\\d+)");
            }
        }
    }

    private static String messages(Path place, boolean readOnly) {
        StringBuilder said = new StringBuilder();
        try (Tape tape = readOnly ? H2Tape.openReadOnly(place) : H2Tape.open(place)) {
            for (TapeEntry entry : tape.entries()) {
                try {
                    tape.load(entry.row());
                } catch (LlmSimException e) {
                    said.append(e.getMessage()).append('\n');
                }
            }
        } catch (LlmSimException e) {
            said.append(e.getMessage());
        }
        return said.toString();
    }

    @Test
    void aTapeWhoseFileIsGoneKeepsNothingAndSaysSo() throws Exception {
        Path file = H2Database.file(directory);
        Path aside = directory.resolve("aside");
        try (Tape tape = H2Tape.open(directory)) {
            tape.write(List.of(Samples.seal(tape, "default", Samples.plain("one"))));
            Files.move(file, aside);
            TapeChange lost = Samples.seal(tape, "default", Samples.plain("two"));
            H2TapeTest.assertRefuses(
                    () -> tape.write(List.of(lost)), ErrorCode.TAPE_UNUSABLE, "deleted, moved or replaced");

            Files.copy(aside, file);
            H2TapeTest.assertRefuses(
                    () -> tape.write(List.of(lost)), ErrorCode.TAPE_UNUSABLE, "deleted, moved or replaced");

            Files.move(aside, file, StandardCopyOption.REPLACE_EXISTING);
            tape.write(List.of(Samples.seal(tape, "default", Samples.plain("three"))));
        }
        try (Tape tape = H2Tape.openReadOnly(directory)) {
            assertThat(tape.recordings("default")).extracting(Recording::id).containsExactly("one", "three");
        }
    }

    private static int refusals(Path place, Map<String, Recording> written, String round, boolean readOnly) {
        int refusals = 0;
        try (Tape tape = readOnly ? H2Tape.openReadOnly(place) : H2Tape.open(place)) {
            for (TapeEntry entry : tape.entries()) {
                try {
                    Recording found = tape.load(entry.row());
                    assertThat(found.withId("same")).as(round).isEqualTo(written.get(key(found)));
                } catch (LlmSimException e) {
                    assertThat(e.code()).as(round).isEqualTo(ErrorCode.TAPE_UNUSABLE);
                    refusals++;
                }
            }
        } catch (LlmSimException e) {
            assertThat(e.code()).as(round).isEqualTo(ErrorCode.TAPE_UNUSABLE);
            refusals++;
        }
        return refusals;
    }

    /** Bytes of a closed tape with several recordings. */
    private byte[] tape(Map<String, Recording> written) throws IOException {
        Path whole = directory.resolve("whole");
        try (Tape tape = H2Tape.open(whole)) {
            for (int i = 0; i < 40; i++) {
                Recording recording = new Recording(
                        "r" + i, Samples.request("question " + i), Samples.answer(200, noise(i), "[DONE]"), false);
                written.put(key(recording), recording.withId("same"));
                tape.write(List.of(Samples.seal(tape, "default", recording)));
            }
        }
        return Files.readAllBytes(H2Database.file(whole));
    }

    private static String noise(int seed) {
        return new Random(seed)
                .ints(2000, 'a', 'z')
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    private static String key(Recording recording) {
        return recording.request().body().utf8();
    }

    private static byte[] flip(byte[] file, Random random) {
        byte[] damaged = file.clone();
        for (int i = 1 + random.nextInt(8); i > 0; i--) {
            damaged[random.nextInt(damaged.length)] ^= (byte) (1 << random.nextInt(8));
        }
        return damaged;
    }
}
