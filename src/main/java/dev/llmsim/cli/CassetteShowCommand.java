package dev.llmsim.cli;

import dev.llmsim.cassette.CassetteFiles;
import dev.llmsim.exchange.ErrorCode;
import dev.llmsim.exchange.LlmSimException;
import dev.llmsim.store.Tape;
import dev.llmsim.store.TapeEntry;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** {@code llmsim cassette show ID}. */
@Command(name = "show", description = "Shows recordings as they would stand in a cassette file.")
final class CassetteShowCommand implements Callable<Integer> {
    @ParentCommand
    private CassetteCommand parent = new CassetteCommand();

    @Parameters(paramLabel = "ID", description = "A recording's id, as 'cassette list' prints it.")
    private String id = "";

    @Mixin
    private StoreOptions store = new StoreOptions();

    @Mixin
    private CassetteOption cassette = new CassetteOption();

    @Override
    public Integer call() {
        try (Tape tape = store.openToRead()) {
            List<TapeEntry> found = cassette.of(tape).stream()
                    .flatMap(name -> tape.entries(name).stream())
                    .filter(entry -> entry.id().equals(id))
                    .toList();
            if (found.isEmpty()) {
                throw new LlmSimException(
                        ErrorCode.USAGE,
                        "recording: " + id + " is not on " + store.store
                                + " (expected: an id that 'llmsim cassette list' prints)");
            }
            for (TapeEntry entry : found) {
                parent.root().out().println("# cassette " + entry.cassette());
                parent.root().out().print(CassetteFiles.text(tape.load(entry.row())));
            }
            parent.root().out().flush();
        }
        return 0;
    }
}
