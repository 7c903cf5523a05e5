package dev.llmsim.store;

import dev.llmsim.exchange.ErrorCode;
import dev.llmsim.exchange.LlmSimException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Locale;
import java.util.regex.Pattern;
import org.h2.mvstore.MVStoreException;

/** The words for what can be wrong with a tape. */
final class TapeErrors {
    /** Behind this stands SQL, which helps nobody. */
    private static final Pattern END = Pattern.compile("\n|; SQL statement:");

    private static final String DAMAGED =
            " (expected: an undamaged tape): restore it from a copy, or move the directory away and record again";

    private TapeErrors() {}

    static LlmSimException unusable(Path directory, String what, Throwable root) {
        return new LlmSimException(
                ErrorCode.TAPE_UNUSABLE,
                "tape " + directory + ": cannot " + what + ": " + why(root) + remedy(directory, root),
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

    /** What the database opened for reading only, although it may be written. */
    static LlmSimException cutShort(Path directory, String what) {
        return unusable(directory, "cannot " + what + ": its file is damaged or cut short" + DAMAGED);
    }

    /** The database goes on in a file that has no name any more: what it calls durable would be lost with the process. */
    static LlmSimException gone(Path directory) {
        return unusable(
                directory,
                "its file was deleted, moved or replaced while it was open (expected: to stay where it is): nothing is kept"
                        + " any more; put it back, or stop and start again with --store");
    }

    static LlmSimException heldByStranger(Path directory) {
        return new LlmSimException(
                ErrorCode.TAPE_HELD,
                "tape " + directory + ": another program has its database open (expected: a tape that nobody holds):"
                        + " close that program, or name another place with --store");
    }

    private static String remedy(Path directory, Throwable root) {
        String lower = why(root).toLowerCase(Locale.ROOT);
        if (lower.contains("no space left") || lower.contains("file too large") || lower.contains("quota")) {
            return " (expected: room on the disk): free some, or name another place with --store";
        }
        if (root instanceof AccessDeniedException
                || lower.contains("denied")
                || lower.contains("read-only")
                || (lower.contains("read only") && !Files.isWritable(H2Database.file(directory)))) {
            return " (expected: a directory that this user may write): change its permissions, or name another place"
                    + " with --store";
        }
        if (root instanceof FileSystemException) {
            return " (expected: a place where this user may make a directory): name another place with --store";
        }
        return DAMAGED;
    }

    /** In words: what the database throws on damage is often no more than the name of a class. */
    private static String why(Throwable root) {
        String message = root.getMessage() == null ? "" : END.split(root.getMessage(), 2)[0];
        boolean inWords = root instanceof SQLException
                || root instanceof FileSystemException
                || root instanceof MVStoreException
                || (root instanceof IOException && !message.isEmpty())
                || root instanceof IllegalArgumentException;
        if (inWords) {
            return message;
        }
        String name = root.getClass().getSimpleName();
        return "its file is damaged, cut short or no database (" + name + (message.isEmpty() ? "" : ": " + message)
                + ")";
    }
}
