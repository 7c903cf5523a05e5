package dev.llmsim.store;

import dev.llmsim.exchange.ErrorCode;
import dev.llmsim.exchange.LlmSimException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The hold of this process on a tape's directory: an operating system lock on {@code tape.lock}, exclusive to write and shared to
 * read, and {@code tape.owner}, which tells others who holds it. The lock ends with the process however it dies, so an owner file
 * without a lock is stale and means nothing.
 *
 * <p>Locks belong to the process, and closing any channel on the file drops them: so one process opens it once, and counts.
 */
final class TapeLock {
    private static final Logger LOG = LoggerFactory.getLogger(TapeLock.class);
    private static final Map<Path, TapeLock> HELD = new HashMap<>();

    private final Path directory;
    private final boolean shared;
    private final @Nullable FileChannel channelOrNull;
    private int holders;

    private TapeLock(Path directory, boolean shared, @Nullable FileChannel channelOrNull) {
        this.directory = directory;
        this.shared = shared;
        this.channelOrNull = channelOrNull;
    }

    /** Locks {@code directory}, a real path. */
    static TapeLock acquire(Path directory, boolean shared) throws IOException {
        synchronized (HELD) {
            TapeLock lock = HELD.get(directory);
            if (lock == null) {
                lock = new TapeLock(directory, shared, lockFile(directory, shared));
                HELD.put(directory, lock);
                lock.announce("");
            } else if (!shared || !lock.shared) {
                throw held(directory);
            }
            lock.holders++;
            return lock;
        }
    }

    void announce(String url) {
        if (channelOrNull == null) {
            return;
        }
        try {
            Path fresh = directory.resolve("tape.owner.new");
            Files.writeString(fresh, ProcessHandle.current().pid() + "\n" + url + "\n");
            Files.move(fresh, owner(directory), StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            // Others are then told less about who holds the tape; holding it does not depend on this file.
            LOG.debug("tape {}: no owner file", directory, e);
        }
    }

    void release() {
        synchronized (HELD) {
            if (--holders > 0) {
                return;
            }
            HELD.remove(directory, this);
            try {
                if (channelOrNull != null) {
                    deleteOwner();
                    channelOrNull.close();
                }
            } catch (IOException e) {
                LOG.debug("tape {}: not released", directory, e);
            }
        }
    }

    /** Several readers share one owner file: it belongs to the last that wrote it. */
    private void deleteOwner() throws IOException {
        Path owner = owner(directory);
        if (Files.exists(owner)
                && Files.readString(owner).startsWith(ProcessHandle.current().pid() + "\n")) {
            Files.delete(owner);
        }
    }

    private static @Nullable FileChannel lockFile(Path directory, boolean shared) throws IOException {
        Path file = directory.resolve("tape.lock");
        if (!Files.isWritable(directory) || (Files.exists(file) && !Files.isWritable(file))) {
            if (shared) {
                return null;
            }
            throw new AccessDeniedException(directory.toString());
        }
        FileChannel channel =
                FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
        FileLock lock = channel.tryLock(0, Long.MAX_VALUE, shared);
        if (lock == null) {
            channel.close();
            throw held(directory);
        }
        return channel;
    }

    private static LlmSimException held(Path directory) {
        String holder = "another process";
        try {
            String[] lines = Files.readString(owner(directory)).split("\n", -1);
            holder = "process " + lines[0] + (lines[1].isEmpty() ? "" : " at " + lines[1]);
        } catch (IOException | ArrayIndexOutOfBoundsException e) {
            // The holder is only just starting, or could not write the file: it stays unnamed.
        }
        return new LlmSimException(
                ErrorCode.TAPE_HELD,
                "tape " + directory + ": held by " + holder + " (expected: a tape that nobody holds): use that one,"
                        + " stop it, or name another place with --store");
    }

    private static Path owner(Path directory) {
        return directory.resolve("tape.owner");
    }
}
