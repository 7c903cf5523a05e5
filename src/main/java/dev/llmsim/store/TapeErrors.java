package dev.llmsim.store;

import dev.llmsim.exchange.ErrorCode;
import dev.llmsim.exchange.LlmSimException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.regex.Pattern;

/** The words for what can be wrong with a tape. */
final class TapeErrors {
    /** Behind this stands SQL, which helps nobody. */
    private static final Pattern END = Pattern.compile("\n|; SQL statement:");

    private TapeErrors() {}

    static LlmSimException unusable(Path directory, String what, Throwable root) {
        return new LlmSimException(
                ErrorCode.TAPE_UNUSABLE,
                "tape " + directory + ": cannot " + what + ": " + why(root) + remedy(root, why(root)),
                root);
    }

    /** What a sound database refused to do, for example because a value is too long. */
    static LlmSimException refused(Path directory, String what, Throwable root) {
        return new LlmSimException(
                ErrorCode.TAPE_UNUSABLE,
                "tape " + directory + ": cannot " + what + ": " + why(root) + " (expected: to be accepted): the tape is"
                        + " sound; this part was not kept",
                root);
    }

    static LlmSimException unusable(Path directory, String problem) {
        return new LlmSimException(ErrorCode.TAPE_UNUSABLE, "tape " + directory + ": " + problem);
    }

    static LlmSimException heldByStranger(Path directory) {
        return new LlmSimException(
                ErrorCode.TAPE_HELD,
                "tape " + directory + ": another program has its database open (expected: a tape that nobody holds):"
                        + " close that program, or name another place with --store");
    }

    private static String remedy(Throwable root, String why) {
        String lower = why.toLowerCase(Locale.ROOT);
        if (lower.contains("no space left") || lower.contains("file too large") || lower.contains("quota")) {
            return " (expected: room on the disk): free some, or name another place with --store";
        }
        if (root instanceof AccessDeniedException || lower.contains("denied") || lower.contains("read-only")) {
            return " (expected: a directory that this user may write): change its permissions, or name another place"
                    + " with --store";
        }
        if (root instanceof FileSystemException) {
            return " (expected: a place where this user may make a directory): name another place with --store";
        }
        return " (expected: an undamaged tape): restore it from a copy, or move the directory away and record again";
    }

    private static String why(Throwable root) {
        String message = root.getMessage() == null ? root.getClass().getSimpleName() : root.getMessage();
        return END.split(message, 2)[0];
    }
}
