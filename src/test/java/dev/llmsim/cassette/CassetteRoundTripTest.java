package dev.llmsim.cassette;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Law 9: what was written comes back the same, and is written the same again. */
class CassetteRoundTripTest {
    private static final int SEEDS = 1500;

    @TempDir
    Path folder;

    @Test
    void writeReadWriteIsTheIdentityForRandomRecordings() {
        for (long seed = 0; seed < SEEDS; seed++) {
            Cassette cassette = new RandomRecordings(seed).cassette("random");
            CassetteFiles.write(folder, cassette);
            Map<String, String> first = filesIn(folder);

            Cassette read = CassetteFiles.read(folder).get(0);

            assertThat(read).as("seed %d", seed).isEqualTo(cassette);
            CassetteFiles.write(folder, read);
            assertThat(filesIn(folder)).as("seed %d", seed).isEqualTo(first);
        }
    }

    private static Map<String, String> filesIn(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            Map<String, String> contents = new TreeMap<>();
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                contents.put(
                        folder.relativize(file).toString(),
                        new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1));
            }
            return contents;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
