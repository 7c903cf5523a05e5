package dev.llmsim.cassette.importing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.llmsim.cassette.Cassette;
import dev.llmsim.cassette.CassetteFiles;
import dev.llmsim.cassette.importing.ImportNote.Kind;
import dev.llmsim.exchange.LlmSimException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files of both kinds, told apart by content. */
class ImporterTest {
    private static final Path VCR = Corpus.FOLDER.resolve("openai/test_prefect__test_prefect_agent_run_stream.yaml");

    @TempDir
    Path folder;

    private final Importer importer = new Importer(Corpus.settings());

    @Test
    void kindsAreToldByContentAndNamesComeFromPaths() throws IOException {
        Cassette ours = importer.read(VCR).cassettes().get(0);
        CassetteFiles.write(folder, new Cassette("mine", ours.recordings()));
        Files.move(folder.resolve("mine.llm.yaml"), folder.resolve("mine.yml"));
        Path deep = Files.createDirectories(folder.resolve("tests/cassettes"));
        Files.copy(VCR, deep.resolve("test_a[b].llm.yaml"));
        Files.copy(VCR, deep.resolve("test_a(b).yaml"));
        Files.writeString(folder.resolve("compose.yaml"), "services: {}\n");
        Files.writeString(folder.resolve("notes.txt"), "interactions: no\n");

        Imported imported = importer.read(folder);

        assertThat(imported.cassettes())
                .extracting(Cassette::name)
                .containsExactly("mine", "tests.cassettes.test_a_b_", "tests.cassettes.test_a_b_-2");
        assertThat(imported.cassettes().get(0).recordings().get(0).response())
                .isEqualTo(ours.recordings().get(0).response());
        assertThat(imported.notes())
                .filteredOn(note -> note.kind() == Kind.FILE_IGNORED)
                .extracting(ImportNote::file)
                .containsExactly(folder.resolve("compose.yaml").toString());
    }

    @Test
    void aForeignFileAboveTheStatedSizeIsRefusedUnread() throws IOException {
        Path file = folder.resolve("big.yaml");
        Files.writeString(file, "interactions: []\n");
        try (RandomAccessFile sparse = new RandomAccessFile(file.toFile(), "rw")) {
            sparse.setLength(VcrImporter.MAX_FILE_CHARS + 1L);
        }

        assertThatThrownBy(() -> new Importer(Corpus.settings()).read(file))
                .isInstanceOf(LlmSimException.class)
                .hasMessageContaining("big.yaml:1: size: 134217729 bytes (expected: at most 134217728)");
    }

    @Test
    void aGivenFileOfNoKnownKindIsAnError() throws IOException {
        Path file = Files.writeString(folder.resolve("compose.yaml"), "services: {}\n");

        assertThatThrownBy(() -> importer.read(file))
                .isInstanceOf(LlmSimException.class)
                .hasMessageContaining("neither begins with llmsim: nor has interactions:");
        assertThatThrownBy(() -> importer.read(folder.resolve("missing.yaml")))
                .isInstanceOf(LlmSimException.class)
                .hasMessageContaining("missing.yaml: no such file");
    }

    @Test
    void importingOurOwnExportIsTheIdentity() {
        Cassette source = importer.read(VCR).cassettes().get(0);
        CassetteFiles.write(folder, source);

        Imported imported = importer.read(CassetteFiles.fileOf(folder, source.name()));

        assertThat(imported.cassettes()).containsExactly(source);
        assertThat(imported.notes()).isEmpty();
    }
}
