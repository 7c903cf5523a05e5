package dev.llmsim.cli;

import dev.llmsim.Assembly;
import dev.llmsim.cassette.Cassette;
import dev.llmsim.cassette.RecordingIds;
import dev.llmsim.cassette.importing.ImportNote;
import dev.llmsim.cassette.importing.Imported;
import dev.llmsim.exchange.ErrorCode;
import dev.llmsim.exchange.LlmSimException;
import dev.llmsim.exchange.Recording;
import dev.llmsim.recorder.CassetteImport;
import dev.llmsim.store.H2Tape;
import dev.llmsim.store.Tape;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
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

    @Option(
            names = "--cassette",
            paramLabel = "NAME",
            description = "Cassette for all that is imported (default: one for each file, named after it).")
    @Nullable
    String cassetteOrNull;

    @Mixin
    private UpstreamNames upstreams = new UpstreamNames();

    @Override
    public Integer call() {
        if (cassetteOrNull != null && !Cassette.isName(cassetteOrNull)) {
            throw new LlmSimException(
                    ErrorCode.USAGE,
                    "cassette: \"" + cassetteOrNull
                            + "\" (expected: letters, digits, dot, dash and underscore, at most 128)");
        }
        Assembly assembly = new Assembly(upstreams.table(), parent.root().environment());
        List<Cassette> cassettes = new ArrayList<>();
        for (Path file : files) {
            Imported imported = assembly.importer().read(file);
            imported.notes().stream()
                    .map(ImportNote::toString)
                    .forEach(parent.root().err()::println);
            cassettes.addAll(imported.cassettes());
        }
        List<Cassette> wanted = cassetteOrNull == null ? cassettes : List.of(joined(cassetteOrNull, cassettes));
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

    /** All recordings in one cassette; an id that was used before gets a number. */
    private static Cassette joined(String name, List<Cassette> cassettes) {
        List<Recording> all = cassettes.stream()
                .flatMap(cassette -> cassette.recordings().stream())
                .toList();
        RecordingIds ids = new RecordingIds(all.stream().map(Recording::id).toList());
        Set<String> used = new HashSet<>();
        return new Cassette(
                name,
                all.stream()
                        .map(one -> used.add(one.id()) ? one : one.withId(ids.next(one.id())))
                        .toList());
    }
}
