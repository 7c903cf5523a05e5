package dev.llmsim.cli;

import dev.llmsim.Assembly;
import dev.llmsim.exchange.ErrorCode;
import dev.llmsim.exchange.LlmSimException;
import dev.llmsim.exchange.Recording;
import dev.llmsim.provider.Upstreams;
import dev.llmsim.store.Tape;
import dev.llmsim.store.TapeEntry;
import dev.llmsim.store.UnfinishedExchange;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.ParentCommand;

/** {@code llmsim cassette check}: whether everything on the tape would replay. */
@Command(
        name = "check",
        description = {
            "Reads every recording, and lists those that would not replay as they were sent. Exits with 7 if there are any.",
            "Exchanges that never ended are noted: they are never served or exported, and there is nothing to be done."
        })
final class CassetteCheckCommand implements Callable<Integer> {
    @ParentCommand
    private CassetteCommand parent = new CassetteCommand();

    @Mixin
    private StoreOptions store = new StoreOptions();

    @Override
    public Integer call() {
        Assembly assembly = new Assembly(Upstreams.wellKnown(), parent.root().environment());
        List<String> findings = new ArrayList<>();
        List<String> notes = new ArrayList<>();
        int recordings;
        try (Tape tape = store.openToRead()) {
            List<TapeEntry> entries = tape.entries();
            recordings = entries.size();
            entries.forEach(entry -> problem(entry, tape, assembly)
                    .ifPresent(why -> findings.add(entry.cassette() + "/" + entry.id() + ": " + why)));
            tape.unfinished().forEach(exchange -> notes.add(unfinished(exchange)));
        }
        findings.forEach(parent.root().out()::println);
        notes.forEach(parent.root().out()::println);
        parent.root()
                .out()
                .println(recordings + " recordings checked, " + findings.size() + " findings"
                        + (notes.isEmpty() ? "" : ", " + notes.size() + " unfinished"));
        return findings.isEmpty() ? 0 : ErrorCode.CHECK_FAILED.exitCode();
    }

    private static Optional<String> problem(TapeEntry entry, Tape tape, Assembly assembly) {
        if (entry.flaw().isPresent()) {
            return entry.flaw();
        }
        try {
            Recording recording = tape.load(entry.row());
            boolean isSameVersion =
                    assembly.keys(recording).normaliserVersion() == entry.keys().normaliserVersion();
            boolean isSameKey =
                    assembly.keys(recording).content().equals(entry.keys().content());
            return isSameVersion && !isSameKey
                    ? Optional.of("its request does not have the key that it is stored under")
                    : Optional.empty();
        } catch (LlmSimException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }

    private static String unfinished(UnfinishedExchange exchange) {
        return "note: " + exchange.cassette() + "/row " + exchange.row() + ": unfinished: " + exchange.method() + " "
                + exchange.upstream() + exchange.path()
                + exchange.reason().map(reason -> ": " + reason).orElse(": the recorder did not live to end it");
    }
}
