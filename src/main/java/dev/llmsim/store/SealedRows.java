package dev.llmsim.store;

import dev.llmsim.exchange.Bytes;
import dev.llmsim.exchange.Key;
import dev.llmsim.exchange.Recording;
import dev.llmsim.exchange.Request;
import dev.llmsim.exchange.Response;
import dev.llmsim.exchange.ResponseHead;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jspecify.annotations.Nullable;

/** Recordings on their way to the table {@code exchange}, gathered so that each statement is run once for all of them. */
final class SealedRows {
    /** Longer descriptions of frames are kept like bodies, so that a listing need not read them. */
    private static final int MAX_INLINE_FRAMES_BYTES = 2_000;

    private static final int MAX_ROWS = 500;
    private static final long MAX_BYTES = 8L << 20;

    private final Set<Long> rows = new LinkedHashSet<>();
    private final Map<Bytes, List<Bytes>> bodies = new LinkedHashMap<>();
    private final List<Columns> columns = new ArrayList<>();
    private long bytes;

    boolean contains(long row) {
        return rows.contains(row);
    }

    boolean isFull() {
        return rows.size() >= MAX_ROWS || bytes >= MAX_BYTES;
    }

    void add(TapeChange.Seal seal, int cassetteId) {
        Recording recording = seal.recording();
        @Nullable Bytes requestHashOrNull = use(recording.request().body());
        @Nullable Bytes responseHashOrNull = use(recording.response().body());
        Columns row = new Columns();
        row.set("row_id", seal.row());
        row.set("cassette_id", cassetteId);
        row.set("sealed", true);
        row.set("recording_id", recording.id());
        row.set("redacted", recording.redacted());
        row.set(
                "checksum",
                Checksum.of(recording, requestHashOrNull, responseHashOrNull).toArray());
        row.set("request_body", array(requestHashOrNull));
        row.set("response_body", array(responseHashOrNull));
        keys(row, seal.keys());
        request(row, recording.request());
        response(row, recording.response());
        rows.add(seal.row());
        columns.add(row);
    }

    /** Writes what was gathered, in place of the unfinished exchanges in the same rows, and forgets it. */
    void write(Handle handle) {
        if (rows.isEmpty()) {
            return;
        }
        PreparedBatch unfinished = handle.prepareBatch("DELETE FROM exchange WHERE row_id = ? AND NOT sealed");
        rows.forEach(unfinished::add);
        unfinished.execute();
        new Bodies(handle).add(bodies);
        PreparedBatch sealed = handle.prepareBatch(columns.get(0).insertion());
        columns.forEach(row -> sealed.add(row.values()));
        sealed.execute();
        rows.clear();
        bodies.clear();
        columns.clear();
        bytes = 0;
    }

    /** The hash under which {@code body} will be kept; null for the empty one, which has none. */
    private @Nullable Bytes use(Bytes body) {
        if (body.isEmpty()) {
            return null;
        }
        Bytes hash = Bodies.sha256(body);
        bodies.computeIfAbsent(hash, first -> new ArrayList<>()).add(body);
        bytes += body.length();
        return hash;
    }

    private static void request(Columns row, Request request) {
        row.set("upstream", request.upstream());
        row.set("method", request.method());
        row.set("target", request.target());
        row.set("headers_known", request.headers().isKnown());
        row.set("request_headers", CompactForm.ofHeaders(request.headers()).toArray());
    }

    private void response(Columns row, Response response) {
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
        row.set("frames_body", inline ? null : array(use(frames)));
        row.set("body_bytes", response.bodyBytes());
    }

    private static void keys(Columns row, Keys keys) {
        row.set("origin", keys.originOrNull());
        row.set("content_key", keys.content().toBytes());
        row.set("exact_key", keys.exact().map(Key::toBytes).orElse(null));
        row.set("normaliser_version", keys.normaliserVersion());
    }

    private static byte @Nullable [] array(@Nullable Bytes hashOrNull) {
        return hashOrNull == null ? null : hashOrNull.toArray();
    }

    /** The columns of one row to be inserted: the same ones, in the same order, for every row. */
    private static final class Columns {
        private final List<String> names = new ArrayList<>();
        private final List<@Nullable Object> values = new ArrayList<>();

        void set(String name, @Nullable Object value) {
            names.add(name);
            values.add(value);
        }

        String insertion() {
            String places = String.join(", ", names.stream().map(name -> "?").toList());
            return "INSERT INTO exchange (" + String.join(", ", names) + ") VALUES (" + places + ")";
        }

        @Nullable
        Object[] values() {
            return values.toArray();
        }
    }
}
