package dev.llmsim.store;

import dev.llmsim.exchange.Bytes;
import dev.llmsim.exchange.Ending;
import dev.llmsim.exchange.Framing;
import dev.llmsim.exchange.Headers;
import dev.llmsim.exchange.Key;
import dev.llmsim.exchange.Recording;
import dev.llmsim.exchange.Request;
import dev.llmsim.exchange.Response;
import dev.llmsim.exchange.ResponseHead;
import dev.llmsim.exchange.TimingSource;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Reads the table {@code exchange}. */
final class ExchangeReader {
    private static final String ENTRY = "SELECT e.row_id, c.name, e.recording_id, e.upstream, e.method, e.target,"
            + " e.headers_known, e.status, e.ending, e.body_bytes, e.redacted, e.content_key, e.exact_key,"
            + " e.normaliser_version, e.origin, e.flaw"
            + " FROM exchange e JOIN cassette c ON c.cassette_id = e.cassette_id WHERE e.sealed";

    private static final int FETCH_ROWS = 1000;

    private final Handle handle;
    private final Bodies bodies;

    ExchangeReader(Handle handle) {
        this.handle = handle;
        this.bodies = new Bodies(handle);
    }

    /** Sealed recordings that also meet {@code condition}. */
    List<TapeEntry> entries(String condition, Object... values) {
        var query = handle.createQuery(ENTRY + condition + " ORDER BY e.row_id").setFetchSize(FETCH_ROWS);
        for (int i = 0; i < values.length; i++) {
            query.bind(i, values[i]);
        }
        return query.map((rs, context) -> entry(rs)).list();
    }

    List<UnfinishedExchange> unfinished() {
        return handle.createQuery(
                        "SELECT e.row_id, c.name, e.upstream, e.method, e.target, e.begun_at_millis, e.reason_unfinished"
                                + " FROM exchange e JOIN cassette c ON c.cassette_id = e.cassette_id"
                                + " WHERE NOT e.sealed ORDER BY e.row_id")
                .map((rs, context) -> new UnfinishedExchange(
                        rs.getLong(1),
                        rs.getString(2),
                        rs.getString(3),
                        rs.getString(4),
                        rs.getString(5),
                        rs.getLong(6),
                        rs.getString(7)))
                .list();
    }

    /** The sealed recording in {@code row}; damage is an IllegalArgumentException. */
    Optional<Recording> load(long row) {
        return handle.createQuery("SELECT * FROM exchange WHERE row_id = ? AND sealed")
                .bind(0, row)
                .map((rs, context) -> recording(rs))
                .findOne();
    }

    /** The sealed recordings in {@code rows}; damage of any is an IllegalArgumentException. */
    Map<Long, Recording> load(List<Long> rows) {
        String which = " FROM exchange WHERE sealed AND row_id IN (<rows>)";
        Set<Bytes> hashes = new LinkedHashSet<>();
        handle.createQuery("SELECT request_body, frames_body, response_body" + which)
                .bindList("rows", rows)
                .map((rs, context) -> Stream.of(rs.getBytes(1), rs.getBytes(2), rs.getBytes(3)))
                .forEach(used -> used.filter(Objects::nonNull).map(Bytes::wrap).forEach(hashes::add));
        bodies.fetch(List.copyOf(hashes));
        Map<Long, Recording> loaded = new HashMap<>();
        handle.createQuery("SELECT *" + which)
                .bindList("rows", rows)
                .map((rs, context) -> Map.entry(rs.getLong("row_id"), recording(rs)))
                .forEach(entry -> loaded.put(entry.getKey(), entry.getValue()));
        return loaded;
    }

    private static TapeEntry entry(ResultSet rs) throws SQLException {
        byte[] exact = rs.getBytes(13);
        return new TapeEntry(
                rs.getLong(1),
                rs.getString(2),
                rs.getString(3),
                rs.getString(4),
                rs.getString(5),
                rs.getString(6),
                rs.getBoolean(7),
                rs.getInt(8),
                Ending.valueOf(rs.getString(9)),
                rs.getLong(10),
                rs.getBoolean(11),
                new Keys(
                        Key.of(rs.getBytes(12)), exact == null ? null : Key.of(exact), rs.getInt(14), rs.getString(15)),
                rs.getString(16));
    }

    private Recording recording(ResultSet rs) throws SQLException {
        Headers headers = rs.getBoolean("headers_known")
                ? CompactForm.headers(Bytes.wrap(rs.getBytes("request_headers")))
                : Headers.UNKNOWN;
        Request request = new Request(
                rs.getString("upstream"),
                rs.getString("method"),
                rs.getString("target"),
                headers,
                bodies.load(hash(rs, "request_body")));
        Recording recording =
                new Recording(rs.getString("recording_id"), request, response(rs), rs.getBoolean("redacted"));
        Bytes checksum = Checksum.of(recording, hash(rs, "request_body"), hash(rs, "response_body"));
        if (!checksum.equals(Bytes.wrap(rs.getBytes("checksum")))) {
            throw new IllegalArgumentException("the row differs from its checksum");
        }
        return recording;
    }

    private Response response(ResultSet rs) throws SQLException {
        byte[] inline = rs.getBytes("frames");
        Bytes cuts = inline == null ? bodies.load(hash(rs, "frames_body")) : Bytes.wrap(inline);
        return new Response(
                head(rs),
                Framing.valueOf(rs.getString("framing")),
                rs.getLong("declared_bytes"),
                CompactForm.frames(cuts, bodies.load(hash(rs, "response_body"))),
                CompactForm.headers(Bytes.wrap(rs.getBytes("trailers"))),
                TimingSource.valueOf(rs.getString("timing")),
                rs.getLong("head_micros"),
                rs.getLong("end_micros"),
                Ending.valueOf(rs.getString("ending")));
    }

    private static @Nullable ResponseHead head(ResultSet rs) throws SQLException {
        byte[] headers = rs.getBytes("response_headers");
        if (headers == null) {
            return null;
        }
        return new ResponseHead(
                rs.getInt("status"), rs.getString("reason_phrase"), CompactForm.headers(Bytes.wrap(headers)));
    }

    private static @Nullable Bytes hash(ResultSet rs, String column) throws SQLException {
        byte[] hash = rs.getBytes(column);
        return hash == null ? null : Bytes.wrap(hash);
    }
}
