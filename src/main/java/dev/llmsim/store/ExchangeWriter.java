package dev.llmsim.store;

import dev.llmsim.exchange.Bytes;
import dev.llmsim.exchange.Key;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;

/**
 * Makes changes to the table {@code exchange}, within the transaction of its handle. Recordings wait until there are many of them, or
 * one is changed again, or {@link #flush}, which has to be called at the end.
 */
final class ExchangeWriter implements TapeChange.Maker {
    private static final int MAX_REASON_CHARS = 4_000;

    private final Handle handle;
    private final Bodies bodies;
    private final SealedRows sealed = new SealedRows();
    private final Map<String, Integer> cassettes = new HashMap<>();

    ExchangeWriter(Handle handle) {
        this.handle = handle;
        this.bodies = new Bodies(handle);
    }

    @Override
    public void begin(TapeChange.Begin begin) {
        settle(begin.row());
        handle.execute(
                "INSERT INTO exchange (row_id, cassette_id, sealed, upstream, method, target, begun_at_millis)"
                        + " VALUES (?, ?, FALSE, ?, ?, ?, ?)",
                begin.row(),
                cassette(begin.cassette()),
                begin.upstream(),
                begin.method(),
                begin.path(),
                begin.begunAtMillis());
    }

    @Override
    public void seal(TapeChange.Seal seal) {
        settle(seal.row());
        sealed.add(seal, cassette(seal.cassette()));
        if (sealed.isFull()) {
            flush();
        }
    }

    /** Writes the recordings that wait. */
    void flush() {
        sealed.write(handle);
    }

    /** Later changes of a recording that waits must find it. */
    private void settle(long row) {
        if (sealed.contains(row)) {
            flush();
        }
    }

    @Override
    public void abandon(TapeChange.Abandon abandon) {
        settle(abandon.row());
        handle.execute(
                "UPDATE exchange SET reason_unfinished = ? WHERE row_id = ? AND NOT sealed",
                cut(abandon.reason()),
                abandon.row());
    }

    @Override
    public void flaw(TapeChange.Flaw flaw) {
        settle(flaw.row());
        String reason = flaw.reasonOrNull();
        handle.createUpdate("UPDATE exchange SET flaw = ? WHERE row_id = ?")
                .bind(0, reason == null ? null : cut(reason))
                .bind(1, flaw.row())
                .execute();
    }

    @Override
    public void rename(TapeChange.Rename rename) {
        settle(rename.row());
        handle.execute("UPDATE exchange SET recording_id = ? WHERE row_id = ?", rename.id(), rename.row());
    }

    @Override
    public void delete(TapeChange.Delete delete) {
        settle(delete.row());
        delete(delete.row());
    }

    @Override
    public void rekey(TapeChange.Rekey rekey) {
        settle(rekey.row());
        Keys keys = rekey.keys();
        handle.createUpdate("UPDATE exchange SET origin = ?, content_key = ?, exact_key = ?, normaliser_version = ?"
                        + " WHERE row_id = ?")
                .bind(0, keys.originOrNull())
                .bind(1, keys.content().toBytes())
                .bind(2, keys.exact().map(Key::toBytes).orElse(null))
                .bind(3, keys.normaliserVersion())
                .bind(4, rekey.row())
                .execute();
    }

    private void delete(long row) {
        List<byte[]> used = handle.createQuery(
                        "SELECT request_body, frames_body, response_body FROM exchange WHERE row_id = ? AND sealed")
                .bind(0, row)
                .map((rs, context) -> Stream.of(rs.getBytes(1), rs.getBytes(2), rs.getBytes(3))
                        .filter(Objects::nonNull)
                        .toList())
                .findOne()
                .orElse(List.of());
        handle.execute("DELETE FROM exchange WHERE row_id = ?", row);
        used.forEach(hash -> bodies.release(Bytes.wrap(hash)));
    }

    private int cassette(String name) {
        return cassettes.computeIfAbsent(name, this::findOrMakeCassette);
    }

    private int findOrMakeCassette(String name) {
        Optional<Integer> known = handle.createQuery("SELECT cassette_id FROM cassette WHERE name = ?")
                .bind(0, name)
                .mapTo(Integer.class)
                .findOne();
        if (known.isPresent()) {
            return known.get();
        }
        int next = handle.createQuery("SELECT COALESCE(MAX(cassette_id), 0) + 1 FROM cassette")
                .mapTo(Integer.class)
                .one();
        handle.execute("INSERT INTO cassette (cassette_id, name) VALUES (?, ?)", next, name);
        return next;
    }

    private static String cut(String reason) {
        return reason.length() <= MAX_REASON_CHARS ? reason : reason.substring(0, MAX_REASON_CHARS);
    }
}
