package dev.llmsim.store;

import dev.llmsim.exchange.Key;
import dev.llmsim.exchange.Recording;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * A tape in an H2 file database. Owns the database and the lock on its directory.
 *
 * <p>H2 closes itself when a write fails, on a full disk for example. The next call then opens it again: what was committed
 * before is there, and writing goes on as soon as there is room.
 */
public final class H2Tape implements Tape {
    private final Path directory;
    private final boolean readOnly;
    private final TapeLock lock;
    private final AtomicLong lastRow = new AtomicLong();
    private final Object opening = new Object();
    private volatile @Nullable H2Database databaseOrNull;
    private volatile boolean closed;
    private boolean reopens;

    private H2Tape(Path directory, boolean readOnly, TapeLock lock) {
        this.directory = directory;
        this.readOnly = readOnly;
        this.lock = lock;
    }

    /** Whether there is a tape in {@code directory}. */
    public static boolean exists(Path directory) {
        return Files.isRegularFile(H2Database.file(directory));
    }

    /** Opens the tape in {@code directory}, which is made where it does not exist, to read and write. */
    public static H2Tape open(Path directory) {
        return open(directory, Migration.all());
    }

    static H2Tape open(Path directory, List<Migration> steps) {
        return locked(TapePlace.prepare(directory), false, tape -> {
            TapePlace.refuseEmptyFile(tape.directory);
            H2Database database = tape.database();
            new Migrations(steps).run(database);
            tape.lastRow.set(database.call("read", H2Tape::maxRow));
        });
    }

    /** Opens the tape in {@code directory}, which has to exist, to read; several processes may do so at the same time. */
    public static H2Tape openReadOnly(Path directory) {
        return openReadOnly(directory, Migration.all());
    }

    static H2Tape openReadOnly(Path directory, List<Migration> steps) {
        return locked(TapePlace.require(directory), true, tape -> {
            TapePlace.refuseEmptyFile(tape.directory);
            if (new Migrations(steps).isBehind(tape.database())) {
                throw TapeErrors.unusable(
                        tape.directory, "its schema is an older one (expected: the newest): open it once for writing");
            }
        });
    }

    /** A tape whose place is locked and that {@code opening} has made ready; nothing of it stays where that fails. */
    private static H2Tape locked(Path place, boolean shared, Consumer<H2Tape> opening) {
        H2Tape tape;
        try {
            tape = new H2Tape(place, shared, TapeLock.acquire(place, shared));
        } catch (IOException e) {
            throw TapeErrors.unusable(place, "lock its directory", e);
        }
        try {
            opening.accept(tape);
            return tape;
        } catch (RuntimeException e) {
            tape.close();
            throw e;
        }
    }

    private H2Database database() {
        H2Database open = databaseOrNull;
        if (open != null && !open.failed() && !closed) {
            return open;
        }
        synchronized (opening) {
            if (closed) {
                throw TapeErrors.unusable(directory, "it was closed (expected: to be open)");
            }
            open = databaseOrNull;
            if (open != null && open.failed()) {
                discard();
                open = null;
            }
            if (open == null) {
                if (reopens && !exists(directory)) {
                    throw TapeErrors.gone(directory);
                }
                open = H2Database.open(directory, readOnly);
                reopens = true;
                databaseOrNull = open;
            }
            return open;
        }
    }

    private void discard() {
        synchronized (opening) {
            H2Database open = databaseOrNull;
            databaseOrNull = null;
            if (open != null) {
                open.close();
            }
        }
    }

    private static long maxRow(Handle handle) {
        return handle.createQuery("SELECT COALESCE(MAX(row_id), 0) FROM exchange")
                .mapTo(Long.class)
                .one();
    }

    private <T> T read(Function<ExchangeReader, T> work) {
        return database().call("read", handle -> work.apply(new ExchangeReader(handle)));
    }

    @Override
    public Path directory() {
        return directory;
    }

    @Override
    public boolean readOnly() {
        return readOnly;
    }

    @Override
    public void announce(String url) {
        lock.announce(url);
    }

    @Override
    public List<String> cassettes() {
        return database()
                .call(
                        "read",
                        handle -> handle.createQuery("SELECT name FROM cassette ORDER BY cassette_id")
                                .mapTo(String.class)
                                .list());
    }

    @Override
    public List<TapeEntry> entries() {
        return read(reader -> reader.entries(""));
    }

    @Override
    public List<TapeEntry> entries(String cassette) {
        return read(reader -> reader.entries(" AND c.name = ?", cassette));
    }

    @Override
    public List<TapeEntry> entries(String cassette, Key content) {
        return read(reader -> reader.entries(" AND c.name = ? AND e.content_key = ?", cassette, content.toBytes()));
    }

    @Override
    public List<TapeEntry> flawed() {
        return read(reader -> reader.entries(" AND e.flaw IS NOT NULL"));
    }

    @Override
    public List<UnfinishedExchange> unfinished() {
        return read(ExchangeReader::unfinished);
    }

    @Override
    public Recording load(long row) {
        return read(reader -> load(reader, row));
    }

    @Override
    public Map<Long, Recording> load(List<Long> rows) {
        if (rows.isEmpty()) {
            return Map.of();
        }
        return read(reader -> {
            try {
                return reader.load(rows);
            } catch (IllegalArgumentException | IndexOutOfBoundsException | ArithmeticException e) {
                throw TapeErrors.unusable(directory, "load one of the recordings in rows " + rows, e);
            }
        });
    }

    @Override
    public List<Recording> recordings(String cassette) {
        return read(reader -> reader.entries(" AND c.name = ?", cassette).stream()
                .map(entry -> load(reader, entry.row()))
                .toList());
    }

    private Recording load(ExchangeReader reader, long row) {
        try {
            return reader.load(row)
                    .orElseThrow(() -> TapeErrors.unusable(
                            directory, "row " + row + " has no recording (expected: a row that was listed)"));
        } catch (IllegalArgumentException | IndexOutOfBoundsException | ArithmeticException e) {
            throw TapeErrors.unusable(directory, "load the recording in row " + row, e);
        }
    }

    @Override
    public long nextRow() {
        return lastRow.incrementAndGet();
    }

    @Override
    public void write(List<TapeChange> changes) {
        if (readOnly) {
            throw TapeErrors.unusable(directory, "it was opened to read (expected: to write)");
        }
        List<TapeChange> fixed = List.copyOf(changes);
        database().transact("write", handle -> {
            ExchangeWriter writer = new ExchangeWriter(handle);
            fixed.forEach(change -> change.makeWith(writer));
            writer.flush();
        });
    }

    @Override
    public void close() {
        synchronized (opening) {
            if (closed) {
                return;
            }
            closed = true;
            discard();
        }
        lock.release();
    }
}
