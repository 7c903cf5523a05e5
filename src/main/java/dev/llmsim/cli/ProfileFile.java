package dev.llmsim.cli;

import dev.llmsim.exchange.ErrorCode;
import dev.llmsim.exchange.LlmSimException;
import dev.llmsim.timing.LatencyProfile;
import dev.llmsim.timing.ProfileText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;

/** Latency profiles by name or from files. */
final class ProfileFile {
    private ProfileFile() {}

    /**
     * The built-in profile that is called so, or that of the file; empty where there is neither.
     *
     * @throws LlmSimException with {@code USAGE}, where the file is no profile
     */
    static Optional<LatencyProfile> find(String nameOrFile) {
        Optional<LatencyProfile> named = LatencyProfile.byName(nameOrFile);
        return named.isPresent() ? named : file(nameOrFile).map(ProfileFile::read);
    }

    /** A name with a suffix or a folder means a file, whether it is there or not. */
    private static Optional<Path> file(String text) {
        try {
            Path path = Path.of(text);
            boolean meant = text.endsWith(".toml") || path.getNameCount() > 1;
            return meant || Files.isRegularFile(path) ? Optional.of(path) : Optional.empty();
        } catch (InvalidPathException e) {
            return Optional.empty();
        }
    }

    private static LatencyProfile read(Path file) {
        try {
            return ProfileText.parse(file.toString(), Files.readString(file));
        } catch (IOException e) {
            throw new LlmSimException(
                    ErrorCode.USAGE,
                    "latency profile " + file + ": cannot be read: "
                            + e.getClass().getSimpleName()
                            + " (expected: a file that 'llmsim profile fit --out FILE' wrote, or one of "
                            + String.join(", ", LatencyProfile.names()) + ")",
                    e);
        }
    }
}
