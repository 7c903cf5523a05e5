package dev.llmsim.store;

import dev.llmsim.exchange.ErrorCode;
import dev.llmsim.exchange.LlmSimException;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The directory of a tape before it is opened: made, checked, and as a real path. */
final class TapePlace {
    /** What a process that died between locking and creating the database may have left. */
    private static final List<String> LEFTOVERS = List.of("tape.lock", "tape.owner", "tape.owner.new");

    private TapePlace() {}

    /** A directory that is a tape, or is empty, or was made just now. */
    static Path prepare(Path directory) {
        try {
            refuseFile(requireHarmless(directory));
            Path place = make(directory);
            if (!H2Tape.exists(place) && !isEmpty(place)) {
                throw TapeErrors.unusable(
                        place,
                        "the directory holds other files and no tape (expected: a new path, an empty directory or a tape):"
                                + " name another place with --store");
            }
            return place;
        } catch (IOException e) {
            throw TapeErrors.unusable(directory, "read its directory", e);
        }
    }

    private static Path make(Path directory) throws IOException {
        try {
            return Files.createDirectories(directory.toAbsolutePath()).toRealPath();
        } catch (FileSystemException e) {
            String reason = e.getReason() == null ? e.getClass().getSimpleName() : e.getReason();
            throw TapeErrors.unusable(
                    directory,
                    "cannot make its directory: " + reason.replaceFirst("Exception$", "")
                            + " (expected: a place where this user may make directories): change its permissions, or name"
                            + " another place with --store");
        }
    }

    /** A directory that is a tape. */
    static Path require(Path directory) {
        try {
            refuseFile(requireHarmless(directory));
            if (!H2Tape.exists(directory)) {
                throw TapeErrors.unusable(
                        directory, "there is no tape (expected: one): record first, or name its place with --store");
            }
            return directory.toRealPath();
        } catch (IOException e) {
            throw TapeErrors.unusable(directory, "find its directory", e);
        }
    }

    /** Refuses a database file without content, which H2 would take for a new one. */
    static void refuseEmptyFile(Path directory) {
        Path file = H2Database.file(directory);
        try {
            if (Files.exists(file) && Files.size(file) == 0) {
                throw TapeErrors.unusable(
                        directory,
                        "its file " + file.getFileName()
                                + " is empty (expected: a database): restore it from a copy, or"
                                + " delete it to begin a new tape");
            }
        } catch (IOException e) {
            throw TapeErrors.unusable(directory, "read its file", e);
        }
    }

    /** {@code directory}, unless it could smuggle a setting into a database's URL ({@code INIT=} runs SQL). */
    static Path requireHarmless(Path directory) {
        String path = directory.toString();
        if (path.chars().anyMatch(c -> c == ';' || Character.isISOControl(c))) {
            throw new LlmSimException(
                    ErrorCode.TAPE_UNUSABLE,
                    "tape " + path.replaceAll("\\p{Cntrl}", "?") + ": the path cannot be used (expected: one without"
                            + " semicolons and control characters): name another place with --store");
        }
        return directory;
    }

    private static void refuseFile(Path directory) {
        if (Files.exists(directory) && !Files.isDirectory(directory)) {
            throw TapeErrors.unusable(
                    directory, "this is a file (expected: a directory): name another place with --store");
        }
    }

    private static boolean isEmpty(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.allMatch(file -> LEFTOVERS.contains(file.getFileName().toString()));
        }
    }
}
