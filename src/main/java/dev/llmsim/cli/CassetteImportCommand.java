package dev.llmsim.cli;

import dev.llmsim.Assembly;
import dev.llmsim.cassette.Cassette;
import dev.llmsim.cassette.RecordingIds;
import dev.llmsim.cassette.importing.ImportNote;
import dev.llmsim.cassette.importing.Imported;
import dev.llmsim.exchange.Recording;
import dev.llmsim.recorder.CassetteImport;
import dev.llmsim.store.H2Tape;
import dev.llmsim.store.Tape;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** {@code llmsim cassette import}: files to tape. */
@Command(
        name = "import",
        description = {
            "Reads cassette files and VCR.py / pytest-recording YAML onto the tape, redacted like everything else.",
            "What a source did not carry is listed on stderr."
        })
final class CassetteImportCommand implements Callable<Integer> {
    @ParentCommand
    private CassetteCommand parent = new CassetteCommand();

    @Parameters(paramLabel = "FILE|DIR", arity = "1..*", description = "Files, or folders that are searched for them.")
    private List<Path> files = new ArrayList<>();

    @Mixin
    private StoreOptions store = new StoreOptions();

    @Mixin
    private CassetteOption cassette = new CassetteOption();

    @Mixin
    private UpstreamOptions upstream = new UpstreamOptions();

    @Override
    public Integer call() {
        Assembly assembly = new Assembly(upstream.table(), parent.root().environment());
        List<Cassette> cassettes = new ArrayList<>();
        for (Path file : files) {
            Imported imported = assembly.importer().read(file);
            imported.notes().stream()
                    .map(ImportNote::toString)
                    .forEach(parent.root().err()::println);
            cassettes.addAll(imported.cassettes());
        }
        List<Cassette> wanted = cassette.chosen()
                .map(name -> List.of(joined(name, cassettes, assembly)))
                .orElse(cassettes);
        try (Tape tape = H2Tape.open(store.store)) {
            wanted.forEach(one -> add(one, tape, assembly));
        }
        return 0;
    }

    private void add(Cassette one, Tape tape, Assembly assembly) {
        int replaced = new CassetteImport(tape, one.name(), assembly::keys).add(one.recordings());
        parent.root()
                .out()
                .println(one.name() + ": " + one.recordings().size() + " imported"
                        + (replaced > 0 ? ", " + replaced + " of them in place of an earlier one" : ""));
    }

    /** All recordings in one cassette; ids that were used in several are numbered. */
    private static Cassette joined(String name, List<Cassette> cassettes, Assembly assembly) {
        RecordingIds ids = new RecordingIds(Set.of());
        List<Recording> all = new ArrayList<>();
        for (Cassette one : cassettes) {
            for (Recording recording : one.recordings()) {
                all.add(recording.withId(ids.next(assembly.ids().baseOf(recording.request()))));
            }
        }
        return new Cassette(name, all);
    }
}
