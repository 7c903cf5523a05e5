package dev.llmsim.store;

import dev.llmsim.exchange.Bytes;
import dev.llmsim.store.Packing.Packed;
import java.io.ByteArrayOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jspecify.annotations.Nullable;

/**
 * The tables {@code body} and {@code body_part}: every distinct body once, under its SHA-256, packed, with a count of the places that use
 * it; a long one in numbered parts. The empty body has no hash and no row.
 *
 * <p>Hashes come in no order, so each entry in an index of hashes makes a commit rewrite a page of its own: that, and not the bodies, is
 * what a tape grows by while it is written. Hence no parts, and no index of them, for bodies that do without.
 */
final class Bodies {
    private static final int PART_BYTES = 1_000_000;

    /** A longer one is kept apart from its count, which changes. */
    private static final int MAX_INLINE_BYTES = 32_768;

    private final Handle handle;
    private final Map<Bytes, Packed> fetched = new HashMap<>();

    Bodies(Handle handle) {
        this.handle = handle;
    }

    static Bytes sha256(Bytes bytes) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(bytes.asByteBuffer());
            return Bytes.wrap(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /** Keeps one more use of each of {@code used}, which stand under their hashes as often as they are used. */
    void add(Map<Bytes, List<Bytes>> used) {
        if (used.isEmpty()) {
            return;
        }
        PreparedBatch more = handle.prepareBatch("UPDATE body SET uses = uses + ? WHERE hash = ?");
        used.forEach((hash, uses) -> more.add(uses.size(), hash.toArray()));
        int[] known = more.execute();
        Map<Bytes, List<Bytes>> fresh = new LinkedHashMap<>();
        int at = 0;
        for (Map.Entry<Bytes, List<Bytes>> entry : used.entrySet()) {
            if (known[at++] == 0) {
                fresh.put(entry.getKey(), entry.getValue());
            }
        }
        if (!fresh.isEmpty()) {
            insert(fresh);
        }
    }

    private void insert(Map<Bytes, List<Bytes>> fresh) {
        PreparedBatch rows = handle.prepareBatch(
                "INSERT INTO body (hash, uses, byte_count, packed_bytes, packing, content) VALUES (?, ?, ?, ?, ?, ?)");
        PreparedBatch parts = handle.prepareBatch("INSERT INTO body_part (hash, part, content) VALUES (?, ?, ?)");
        try (Packer packer = new Packer()) {
            fresh.forEach((hash, uses) -> {
                Packed packed = packer.pack(uses.get(0));
                Bytes content = packed.content();
                boolean inline = content.length() <= MAX_INLINE_BYTES;
                rows.add(
                        hash.toArray(),
                        uses.size(),
                        packed.unpackedBytes(),
                        content.length(),
                        packed.packing().name(),
                        inline ? content.toArray() : null);
                if (!inline) {
                    cut(hash, content, parts);
                }
            });
        }
        rows.execute();
        parts.execute();
    }

    private static void cut(Bytes hash, Bytes content, PreparedBatch parts) {
        for (int from = 0, part = 0; from < content.length(); from += PART_BYTES, part++) {
            Bytes slice = content.slice(from, Math.min(from + PART_BYTES, content.length()));
            parts.add(hash.toArray(), part, slice.toArray());
        }
    }

    /** Takes one use back; a body without uses goes. */
    void release(Bytes hash) {
        handle.execute("UPDATE body SET uses = uses - 1 WHERE hash = ?", (Object) hash.toArray());
        if (handle.execute("DELETE FROM body WHERE hash = ? AND uses <= 0", (Object) hash.toArray()) > 0) {
            handle.execute("DELETE FROM body_part WHERE hash = ?", (Object) hash.toArray());
        }
    }

    /** The body with {@code hashOrNull}, verified; one that is missing or damaged is an IllegalArgumentException. */
    Bytes load(@Nullable Bytes hashOrNull) {
        if (hashOrNull == null) {
            return Bytes.EMPTY;
        }
        Packed fetchedOrNull = fetched.get(hashOrNull);
        Bytes body = (fetchedOrNull == null ? packed(hashOrNull) : fetchedOrNull).unpack();
        if (!sha256(body).equals(hashOrNull)) {
            throw new IllegalArgumentException("a body differs from its SHA-256");
        }
        return body;
    }

    private Packed packed(Bytes hash) {
        return handle.createQuery("SELECT packing, byte_count, packed_bytes, content FROM body WHERE hash = ?")
                .bind(0, hash.toArray())
                .map((rs, context) -> {
                    byte[] inline = rs.getBytes(4);
                    Bytes content = inline == null ? parts(hash, rs.getLong(3)) : Bytes.wrap(inline);
                    return new Packed(Packing.valueOf(rs.getString(1)), rs.getLong(2), content);
                })
                .findOne()
                .orElseThrow(() -> new IllegalArgumentException("a body is missing"));
    }

    /** Reads those of {@code hashes} that have no parts, as nearly all have none, in one go, for {@link #load}. */
    void fetch(List<Bytes> hashes) {
        if (hashes.isEmpty()) {
            return;
        }
        handle.createQuery("SELECT hash, packing, byte_count, content FROM body"
                        + " WHERE content IS NOT NULL AND hash IN (<hashes>)")
                .bindList("hashes", hashes.stream().map(Bytes::toArray).toList())
                .map((rs, context) -> Map.entry(
                        Bytes.wrap(rs.getBytes(1)),
                        new Packed(Packing.valueOf(rs.getString(2)), rs.getLong(3), Bytes.wrap(rs.getBytes(4)))))
                .forEach(row -> fetched.put(row.getKey(), row.getValue()));
    }

    private Bytes parts(Bytes hash, long packedBytes) {
        List<byte[]> parts = handle.createQuery("SELECT content FROM body_part WHERE hash = ? ORDER BY part")
                .bind(0, hash.toArray())
                .mapTo(byte[].class)
                .list();
        if (parts.size() == 1) {
            return Bytes.wrap(parts.get(0));
        }
        ByteArrayOutputStream joined = new ByteArrayOutputStream(Math.toIntExact(packedBytes));
        parts.forEach(joined::writeBytes);
        return Bytes.wrap(joined.toByteArray());
    }
}
