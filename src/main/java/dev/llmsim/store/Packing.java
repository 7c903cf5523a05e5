package dev.llmsim.store;

import dev.llmsim.exchange.Bytes;
import java.io.ByteArrayOutputStream;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;

/** How bytes are kept: as they are, or deflated (RFC 1951, without a wrapper) where that is smaller. */
enum Packing {
    PLAIN,
    DEFLATED;

    private static final int MIN_DEFLATED_BYTES = 64;

    /**
     * Bytes and how they are kept.
     *
     * @param unpackedBytes the length before packing
     */
    record Packed(Packing packing, long unpackedBytes, Bytes content) {
        /** The bytes before packing; content that is not what {@code packing} says is an IllegalArgumentException. */
        Bytes unpack() {
            return packing == PLAIN ? content : inflate(content, Math.toIntExact(unpackedBytes));
        }
    }

    static Packed pack(Bytes bytes) {
        if (bytes.length() >= MIN_DEFLATED_BYTES) {
            Bytes deflated = deflate(bytes);
            if (deflated.length() < bytes.length()) {
                return new Packed(DEFLATED, bytes.length(), deflated);
            }
        }
        return new Packed(PLAIN, bytes.length(), bytes);
    }

    private static Bytes deflate(Bytes bytes) {
        Deflater deflater = new Deflater(Deflater.BEST_SPEED, true);
        try {
            deflater.setInput(bytes.asByteBuffer());
            deflater.finish();
            ByteArrayOutputStream out = new ByteArrayOutputStream(bytes.length() / 3 + 64);
            byte[] buffer = new byte[8192];
            while (!deflater.finished()) {
                out.write(buffer, 0, deflater.deflate(buffer));
            }
            return Bytes.wrap(out.toByteArray());
        } finally {
            deflater.end();
        }
    }

    private static Bytes inflate(Bytes deflated, int length) {
        Inflater inflater = new Inflater(true);
        try {
            inflater.setInput(deflated.asByteBuffer());
            byte[] out = new byte[length];
            int at = 0;
            while (at < length) {
                int count = inflater.inflate(out, at, length - at);
                if (count == 0) {
                    throw new IllegalArgumentException("deflated bytes end at " + at + " (expected: " + length + ")");
                }
                at += count;
            }
            return Bytes.wrap(out);
        } catch (DataFormatException e) {
            throw new IllegalArgumentException("deflated bytes are damaged", e);
        } finally {
            inflater.end();
        }
    }
}
