package dev.llmsim.cli;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which cassette on the tape or among the files. */
final class CassetteOption {
    static final String DEFAULT_CASSETTE = "default";

    @Option(
            names = "--cassette",
            paramLabel = "NAME",
            description = "Cassette to use. Recording goes to 'default' where none is named; replaying looks at all.")
    @Nullable
    String name;

    String nameOrDefault() {
        return name == null ? DEFAULT_CASSETTE : name;
    }

    Optional<String> chosen() {
        return Optional.ofNullable(name);
    }
}
