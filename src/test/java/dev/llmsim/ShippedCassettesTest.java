package dev.llmsim;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmsim.cassette.Cassette;
import dev.llmsim.cassette.CassetteFiles;
import dev.llmsim.cassette.ShippedCassettes;
import dev.llmsim.cassette.importing.Corpus;
import dev.llmsim.exchange.Recording;
import dev.llmsim.exchange.TimingSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The files in {@code cassettes/} are what the corpus gives; {@link ShippedRecipe#main} writes them anew. */
class ShippedCassettesTest {
    @TempDir
    Path folder;

    @Test
    void areWhatTheCorpusGivesToTheByte() throws IOException {
        for (Cassette cassette : ShippedRecipe.cassettes()) {
            CassetteFiles.write(folder, cassette);

            assertThat(CassetteFiles.fileOf(ShippedRecipe.FOLDER, cassette.name()))
                    .hasSameTextualContentAs(CassetteFiles.fileOf(folder, cassette.name()));
        }
    }

    @Test
    void areAllInTheJar() {
        List<Cassette> inFolder = CassetteFiles.read(ShippedRecipe.FOLDER);

        assertThat(ShippedCassettes.read()).isEqualTo(inFolder);
        assertThat(inFolder).extracting(Cassette::name).isEqualTo(ShippedCassettes.NAMES);
    }

    @Test
    void sayThatTheirTimingIsModelledAndNeedNoBlobs() {
        List<Recording> recordings = new ArrayList<>();
        ShippedCassettes.read().forEach(cassette -> recordings.addAll(cassette.recordings()));

        assertThat(recordings).hasSize(10);
        assertThat(recordings).allMatch(r -> r.response().timing() == TimingSource.MODELLED);
        assertThat(ShippedRecipe.FOLDER).isDirectoryNotContaining(file -> Files.isDirectory(file));
    }

    @Test
    void nameTheirSourceAndLicence() {
        assertThat(ShippedRecipe.FOLDER.resolve("LICENSE")).hasSameTextualContentAs(Corpus.FOLDER.resolve("LICENSE"));
        assertThat(ShippedRecipe.FOLDER.resolve("README.md"))
                .content()
                .contains("pydantic-ai", "MIT", "timing: modelled");
    }
}
