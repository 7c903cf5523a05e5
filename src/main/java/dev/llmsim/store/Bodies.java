package dev.llmsim.store;

import dev.llmsim.exchange.Bytes;
import dev.llmsim.store.Packing.Packed;
import java.io.ByteArrayOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * The tables {@code body} and {@code body_part}: every distinct body once, under its SHA-256, packed, in numbered parts, with a count of
 * the places that use it. The empty body has no hash and no row.
 */
final class Bodies {
    private static final int PART_BYTES = 1_000_000;

    private final Handle handle;

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

    /** Keeps one more use of {@code body} and returns its hash; absent for the empty body. */
    Optional<Bytes> add(Bytes body) {
        if (body.isEmpty()) {
            return Optional.empty();
        }
        Bytes hash = sha256(body);
        if (handle.execute("UPDATE body SET uses = uses + 1 WHERE hash = ?", (Object) hash.toArray()) == 0) {
            insert(hash, Packing.pack(body));
        }
        return Optional.of(hash);
    }

    private void insert(Bytes hash, Packed packed) {
        Bytes content = packed.content();
        handle.execute(
                "INSERT INTO body (hash, uses, byte_count, packed_bytes, packing) VALUES (?, 1, ?, ?, ?)",
                hash.toArray(),
                packed.unpackedBytes(),
                content.length(),
                packed.packing().name());
        for (int from = 0, part = 0; from < content.length(); from += PART_BYTES, part++) {
            Bytes slice = content.slice(from, Math.min(from + PART_BYTES, content.length()));
            handle.execute(
                    "INSERT INTO body_part (hash, part, content) VALUES (?, ?, ?)",
                    hash.toArray(),
                    part,
                    slice.toArray());
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
        Packed row = handle.createQuery("SELECT packing, byte_count, packed_bytes FROM body WHERE hash = ?")
                .bind(0, hashOrNull.toArray())
                .map((rs, context) ->
                        new Packed(Packing.valueOf(rs.getString(1)), rs.getLong(2), parts(hashOrNull, rs.getLong(3))))
                .findOne()
                .orElseThrow(() -> new IllegalArgumentException("a body is missing"));
        Bytes body = row.unpack();
        if (!sha256(body).equals(hashOrNull)) {
            throw new IllegalArgumentException("a body differs from its SHA-256");
        }
        return body;
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
