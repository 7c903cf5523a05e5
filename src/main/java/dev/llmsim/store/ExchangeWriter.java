package dev.llmsim.store;

import dev.llmsim.exchange.Bytes;
import dev.llmsim.exchange.Key;
import dev.llmsim.exchange.Recording;
import dev.llmsim.exchange.Request;
import dev.llmsim.exchange.Response;
import dev.llmsim.exchange.ResponseHead;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Makes changes to the table {@code exchange}, within the transaction of its handle. */
final class ExchangeWriter implements TapeChange.Maker {
    /** Longer descriptions of frames are kept like bodies, so that a listing need not read them. */
    private static final int MAX_INLINE_FRAMES_BYTES = 2_000;

    private static final int MAX_REASON_CHARS = 4_000;

    private final Handle handle;
    private final Bodies bodies;

    ExchangeWriter(Handle handle) {
        this.handle = handle;
        this.bodies = new Bodies(handle);
    }

    @Override
    public void begin(TapeChange.Begin begin) {
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
        delete(seal.row());
        Columns row = new Columns();
        row.set("row_id", seal.row());
        row.set("cassette_id", cassette(seal.cassette()));
        row.set("sealed", true);
        row.set("recording_id", seal.recording().id());
        row.set("redacted", seal.recording().redacted());
        row.set("checksum", Checksum.of(seal.recording()).toArray());
        keys(row, seal.keys());
        request(row, seal.recording().request());
        response(row, seal.recording());
        row.insert(handle);
    }

    @Override
    public void abandon(TapeChange.Abandon abandon) {
        handle.execute(
                "UPDATE exchange SET reason_unfinished = ? WHERE row_id = ? AND NOT sealed",
                cut(abandon.reason()),
                abandon.row());
    }

    @Override
    public void flaw(TapeChange.Flaw flaw) {
        String reason = flaw.reasonOrNull();
        handle.createUpdate("UPDATE exchange SET flaw = ? WHERE row_id = ?")
                .bind(0, reason == null ? null : cut(reason))
                .bind(1, flaw.row())
                .execute();
    }

    @Override
    public void rename(TapeChange.Rename rename) {
        handle.execute("UPDATE exchange SET recording_id = ? WHERE row_id = ?", rename.id(), rename.row());
    }

    @Override
    public void delete(TapeChange.Delete delete) {
        delete(delete.row());
    }

    private void request(Columns row, Request request) {
        row.set("upstream", request.upstream());
        row.set("method", request.method());
        row.set("target", request.target());
        row.set("headers_known", request.headers().isKnown());
        row.set("request_headers", CompactForm.ofHeaders(request.headers()).toArray());
        row.set("request_body", array(bodies.add(request.body())));
    }

    private void response(Columns row, Recording recording) {
        Response response = recording.response();
        Optional<ResponseHead> head = response.head();
        row.set("status", head.map(ResponseHead::status).orElse(null));
        row.set("reason_phrase", head.map(ResponseHead::reason).orElse(null));
        row.set(
                "response_headers",
                head.map(h -> CompactForm.ofHeaders(h.headers()).toArray()).orElse(null));
        row.set("trailers", CompactForm.ofHeaders(response.trailers()).toArray());
        row.set("framing", response.framing().name());
        row.set("declared_bytes", response.declaredBytes());
        row.set("timing", response.timing().name());
        row.set("head_micros", response.headMicros());
        row.set("end_micros", response.endMicros());
        row.set("ending", response.ending().name());
        Bytes frames = CompactForm.ofFrames(response.frames());
        boolean inline = frames.length() <= MAX_INLINE_FRAMES_BYTES;
        row.set("frames", inline ? frames.toArray() : null);
        row.set("frames_body", inline ? null : array(bodies.add(frames)));
        row.set("response_body", array(bodies.add(response.body())));
        row.set("body_bytes", response.bodyBytes());
    }

    private static void keys(Columns row, Keys keys) {
        row.set("origin", keys.originOrNull());
        row.set("content_key", keys.content().toBytes());
        row.set("exact_key", keys.exact().map(Key::toBytes).orElse(null));
        row.set("normaliser_version", keys.normaliserVersion());
    }

    @Override
    public void rekey(TapeChange.Rekey rekey) {
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

    private static byte @Nullable [] array(Optional<Bytes> hash) {
        return hash.map(Bytes::toArray).orElse(null);
    }

    private static String cut(String reason) {
        return reason.length() <= MAX_REASON_CHARS ? reason : reason.substring(0, MAX_REASON_CHARS);
    }

    /** The columns of one row to be inserted. */
    private static final class Columns {
        private final List<String> names = new ArrayList<>();
        private final List<@Nullable Object> values = new ArrayList<>();

        void set(String name, @Nullable Object value) {
            names.add(name);
            values.add(value);
        }

        void insert(Handle handle) {
            String places = String.join(", ", names.stream().map(name -> "?").toList());
            handle.execute(
                    "INSERT INTO exchange (" + String.join(", ", names) + ") VALUES (" + places + ")",
                    values.toArray());
        }
    }
}
