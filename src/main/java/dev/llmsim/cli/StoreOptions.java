package dev.llmsim.cli;

import dev.llmsim.exchange.ErrorCode;
import dev.llmsim.exchange.LlmSimException;
import dev.llmsim.store.H2Tape;
import dev.llmsim.store.Tape;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** Which tape, and which cassette on it. */
final class StoreOptions {
    static final String DEFAULT_STORE = ".llmsim/tape";

    @Option(
            names = "--store",
            paramLabel = "PATH",
            defaultValue = DEFAULT_STORE,
            description = "Folder of the tape: a new path, an empty folder or a tape (default: ${DEFAULT-VALUE}).")
    Path store = Path.of(DEFAULT_STORE);

    /** The tape, which has to exist, for reading. */
    Tape openToRead() {
        boolean isNothing = Files.isDirectory(store) || Files.notExists(store);
        if (isNothing && !H2Tape.exists(store)) {
            throw new LlmSimException(
                    ErrorCode.NOTHING_TO_REPLAY,
                    "tape " + store + ": there is none (expected: a tape): record first with 'llmsim record', import"
                            + " cassettes, or name the tape's place with --store");
        }
        return H2Tape.openReadOnly(store);
    }
}
