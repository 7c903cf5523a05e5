package dev.llmsim.cli;

import dev.llmsim.exchange.ErrorCode;
import dev.llmsim.exchange.LlmSimException;
import dev.llmsim.store.Tape;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which cassette on the tape, or among the files, is read. */
final class CassetteOption {
    @Option(names = "--cassette", paramLabel = "NAME", description = "Only this cassette (default: all).")
    @Nullable
    String name;

    Optional<String> chosen() {
        return Optional.ofNullable(name);
    }

    /** The names of the cassettes on {@code tape} that are asked for; the chosen one has to be there. */
    List<String> of(Tape tape) {
        List<String> all = tape.cassettes();
        if (name != null && !all.contains(name)) {
            throw new LlmSimException(
                    ErrorCode.USAGE,
                    "cassette: " + name + " is not on " + tape.directory() + " (expected: one of "
                            + String.join(", ", all) + ")");
        }
        return name == null ? all : List.of(name);
    }
}
