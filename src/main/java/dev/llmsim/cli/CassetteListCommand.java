package dev.llmsim.cli;

import dev.llmsim.store.Tape;
import dev.llmsim.store.TapeEntry;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.ParentCommand;

/** {@code llmsim cassette list}. */
@Command(name = "list", description = "Lists cassettes and their recordings.")
final class CassetteListCommand implements Callable<Integer> {
    @ParentCommand
    private CassetteCommand parent = new CassetteCommand();

    @Mixin
    private StoreOptions store = new StoreOptions();

    @Mixin
    private CassetteOption cassette = new CassetteOption();

    @Override
    public Integer call() {
        try (Tape tape = store.openToRead()) {
            cassette.of(tape).forEach(name -> print(name, tape.entries(name)));
        }
        return 0;
    }

    private void print(String name, List<TapeEntry> entries) {
        parent.root()
                .out()
                .println(name + ": " + entries.size() + (entries.size() == 1 ? " recording" : " recordings"));
        for (TapeEntry entry : entries) {
            parent.root().out().println("  " + line(entry));
        }
    }

    /** One recording on one line. */
    static String line(TapeEntry entry) {
        String path = entry.target().split("\\?", 2)[0];
        return entry.id() + "  " + entry.upstream() + " " + entry.method() + " " + path + "  "
                + (entry.status() == 0 ? "no answer" : String.valueOf(entry.status())) + "  " + entry.bodyBytes()
                + "B  "
                + Words.of(entry.ending()) + (entry.redacted() ? "  redacted" : "")
                + entry.flaw().map(flaw -> "  FLAWED: " + flaw).orElse("");
    }
}
