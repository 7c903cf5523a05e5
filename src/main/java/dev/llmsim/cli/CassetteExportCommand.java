package dev.llmsim.cli;

import dev.llmsim.cassette.Cassette;
import dev.llmsim.cassette.CassetteFiles;
import dev.llmsim.cassette.redaction.SecretScan;
import dev.llmsim.exchange.Bytes;
import dev.llmsim.exchange.ErrorCode;
import dev.llmsim.exchange.LlmSimException;
import dev.llmsim.store.Tape;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** {@code llmsim cassette export}: tape to files. */
@Command(
        name = "export",
        description = {
            "Writes cassettes as text files, for git and review. Interactions that did not change keep their text.",
            "Scans for secrets first, and writes nothing where one is found."
        })
final class CassetteExportCommand implements Callable<Integer> {
    @ParentCommand
    private CassetteCommand parent = new CassetteCommand();

    @Option(names = "--out", required = true, paramLabel = "DIR", description = "Folder to write to; made if needed.")
    private Path out = Path.of(".");

    @Mixin
    private StoreOptions store = new StoreOptions();

    @Mixin
    private CassetteOption cassette = new CassetteOption();

    @Override
    public Integer call() throws IOException {
        List<Cassette> cassettes = read();
        requireNoSecrets(cassettes);
        for (Cassette one : cassettes) {
            CassetteFiles.update(out, one);
            parent.root()
                    .out()
                    .println(CassetteFiles.fileOf(out, one.name()) + ": "
                            + one.recordings().size() + " recordings");
        }
        return 0;
    }

    private List<Cassette> read() {
        List<Cassette> cassettes = new ArrayList<>();
        try (Tape tape = store.openToRead()) {
            cassette.of(tape).forEach(name -> cassettes.add(new Cassette(name, tape.recordings(name))));
        }
        if (cassettes.isEmpty()) {
            throw new LlmSimException(
                    ErrorCode.USAGE,
                    "tape " + store.store + ": it holds no cassette (expected: at least one): record or import first");
        }
        return cassettes;
    }

    /** Tries the whole export elsewhere, over what is there already: text that is kept may hold a secret, too. */
    private void requireNoSecrets(List<Cassette> cassettes) throws IOException {
        Path trial = Files.createTempDirectory("llmsim-export");
        try {
            List<String> findings = new ArrayList<>();
            for (Cassette one : cassettes) {
                CassetteFiles.copy(out, trial, one.name());
                CassetteFiles.update(trial, one);
            }
            SecretScan scan = new SecretScan(parent.root().environment());
            for (Path file : filesOf(trial)) {
                String name = trial.relativize(file).toString();
                scan.scan(Bytes.wrap(Files.readAllBytes(file)))
                        .forEach(found -> findings.add(name + ":" + found.line() + " " + Words.of(found.kind())));
            }
            if (!findings.isEmpty()) {
                throw new LlmSimException(
                        ErrorCode.CHECK_FAILED,
                        "export: nothing was written, because these places look like secrets: "
                                + String.join(", ", findings)
                                + " (expected: none): record again with the secret in a place that is redacted"
                                + " (docs/redaction.md), or delete the recording");
            }
        } finally {
            delete(trial);
        }
    }

    private static List<Path> filesOf(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile).sorted().toList();
        }
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
