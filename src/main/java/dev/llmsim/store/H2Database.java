package dev.llmsim.store;

import dev.llmsim.exchange.ErrorCode;
import dev.llmsim.exchange.LlmSimException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.sql.SQLException;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.h2.jdbcx.JdbcConnectionPool;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An open H2 file database: everything that another database would do differently. Owns a pool of connections.
 *
 * <p>After a failed write H2 closes itself, so one that has failed ({@link #failed()}) has to be opened anew.
 */
final class H2Database implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(H2Database.class);
    private static final String FILE_SUFFIX = ".mv.db";
    private static final Pattern BYTES_TYPE = Pattern.compile("\\{bytes:(\\d+)}");

    /**
     * H2's codes for: general error, I/O (2), damaged file, closed, broken connection, unsupported file version, opened for
     * reading only.
     */
    private static final Set<Integer> FATAL = Set.of(50000, 90028, 90031, 90030, 90098, 90067, 90048, 90121, 90097);

    private static final int ALREADY_OPEN = 90020;
    private static final int READ_ONLY = 90097;
    private static final int MAX_CONNECTIONS = 32;

    /** A file of which less is alive is written anew when it is closed, where that is worth it and takes a moment only. */
    private static final int MIN_FILL_PERCENT = 50;

    private static final long MIN_DEAD_BYTES = 1L << 20;
    private static final long MAX_LIVE_BYTES = 64L << 20;

    private final Path directory;
    private final boolean readOnly;
    private final Optional<Object> identity;
    private final JdbcConnectionPool pool;
    private final Jdbi jdbi;
    private volatile boolean failed;

    private H2Database(Path directory, boolean readOnly, Optional<Object> identity, JdbcConnectionPool pool) {
        this.directory = directory;
        this.readOnly = readOnly;
        this.identity = identity;
        this.pool = pool;
        this.jdbi = Jdbi.create(pool);
    }

    /** The file that makes a directory a tape. */
    static Path file(Path directory) {
        return directory.resolve("tape" + FILE_SUFFIX);
    }

    static H2Database open(Path directory, boolean readOnly) {
        JdbcConnectionPool pool = JdbcConnectionPool.create(url(directory, readOnly), "sa", "");
        pool.setMaxConnections(MAX_CONNECTIONS);
        H2Database opening = new H2Database(directory, readOnly, Optional.empty(), pool);
        try {
            opening.call(
                    "open",
                    handle -> handle.select("SELECT 1").mapTo(Integer.class).one());
        } catch (LlmSimException e) {
            opening.close();
            throw e;
        }
        return new H2Database(directory, readOnly, identity(directory), pool);
    }

    private static String url(Path directory, boolean readOnly) {
        String path = TapePlace.requireHarmless(directory.toAbsolutePath()).toString();
        return "jdbc:h2:file:" + path + "/tape;WRITE_DELAY=0;COMPRESS=TRUE;DB_CLOSE_ON_EXIT=FALSE;TRACE_LEVEL_FILE=0"
                + ";TRACE_LEVEL_SYSTEM_OUT=0;LOCK_TIMEOUT=10000;CACHE_SIZE=32768;QUERY_CACHE_SIZE=64"
                + (readOnly ? ";ACCESS_MODE_DATA=r;IFEXISTS=TRUE" : "");
    }

    /** {@code sql} with the names of portable types replaced by those of H2. */
    static String dialect(String sql) {
        return BYTES_TYPE.matcher(sql).replaceAll("VARBINARY($1)");
    }

    Path directory() {
        return directory;
    }

    /** Whether an error was seen after which nothing works until the database is opened anew. */
    boolean failed() {
        return failed;
    }

    <T> T call(String what, Function<Handle, T> work) {
        return guard(what, () -> jdbi.withHandle(work::apply));
    }

    /** What tells the file from others of its name; empty where there is none, or the system does not say. */
    private static Optional<Object> identity(Path directory) {
        try {
            return Optional.ofNullable(Files.readAttributes(file(directory), BasicFileAttributes.class)
                    .fileKey());
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** H2 does not notice when its file is deleted: it goes on writing, and all of it is gone when it closes. */
    private void requireItsFile() {
        if (!Files.exists(file(directory)) || !identity(directory).equals(identity)) {
            throw TapeErrors.gone(directory);
        }
    }

    /** Runs {@code work} in one transaction; when this returns, its changes are durable. */
    void transact(String what, Consumer<Handle> work) {
        requireItsFile();
        guard(
                what,
                () -> jdbi.inTransaction(handle -> {
                    work.accept(handle);
                    return Boolean.TRUE;
                }));
        requireItsFile();
    }

    private <T> T guard(String what, Supplier<T> work) {
        boolean interrupted = Thread.interrupted();
        try {
            return work.get();
        } catch (LlmSimException e) {
            throw e;
        } catch (RuntimeException | StackOverflowError | OutOfMemoryError e) {
            throw failure(what, e);
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private LlmSimException failure(String what, Throwable thrown) {
        Throwable root = thrown;
        int code = 0;
        for (Throwable t = thrown; t != null; t = t.getCause()) {
            root = t;
            if (code == 0 && t instanceof SQLException sql) {
                code = sql.getErrorCode();
            }
        }
        LOG.debug("tape {}: cannot {}", directory, what, thrown);
        if (root instanceof VirtualMachineError) {
            return new LlmSimException(
                    ErrorCode.INTERNAL,
                    "tape " + directory + ": cannot " + what + ": " + root
                            + " (expected: memory enough; the tape is not damaged: give the program more, for instance with"
                            + " LLMSIM_JAVA_OPTS=-Xmx2g, or ask for less at once)",
                    thrown);
        }
        if (code == ALREADY_OPEN) {
            return TapeErrors.heldByStranger(directory);
        }
        failed |= FATAL.contains(code);
        if (code == READ_ONLY && Files.isWritable(file(directory))) {
            return TapeErrors.cutShort(directory, what);
        }
        if (code == 0 || FATAL.contains(code)) {
            return TapeErrors.unusable(directory, what, root);
        }
        return TapeErrors.refused(directory, what, root);
    }

    /**
     * Whether the file consists for the most part of pages that later commits have replaced: H2 writes each changed page anew with every
     * commit, and reuses the room of the old one 45 s later at the earliest.
     */
    private static boolean isMostlyDead(Handle handle) {
        long fillPercent = setting(handle, "info.CHUNKS_FILL_RATE");
        long fileBytes = setting(handle, "info.FILE_SIZE");
        long liveBytes = fileBytes / 100 * fillPercent;
        return fillPercent < MIN_FILL_PERCENT && fileBytes - liveBytes >= MIN_DEAD_BYTES && liveBytes <= MAX_LIVE_BYTES;
    }

    private static long setting(Handle handle, String name) {
        return handle.createQuery("SELECT setting_value FROM information_schema.settings WHERE setting_name = ?")
                .bind(0, name)
                .mapTo(Long.class)
                .one();
    }

    /** Closes all connections, with which H2 closes its files. Never throws. */
    @Override
    public void close() {
        try {
            if (failed && Files.exists(file(directory))) {
                jdbi.useHandle(handle -> handle.execute("SHUTDOWN IMMEDIATELY"));
            } else if (!failed && !readOnly && jdbi.withHandle(H2Database::isMostlyDead)) {
                jdbi.useHandle(handle -> handle.execute("SHUTDOWN COMPACT"));
            }
        } catch (RuntimeException e) {
            LOG.debug("tape {}: was closed already", directory, e);
        }
        try {
            pool.dispose();
        } catch (RuntimeException e) {
            LOG.warn(
                    "tape {}: did not close cleanly ({}); it recovers when it is opened next",
                    directory,
                    e.getMessage());
        }
    }
}
