package dev.llmsim.cli;

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
}
