package dev.llmsim.store;

import dev.llmsim.exchange.Bytes;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/** How bytes are kept: as they are, or deflated (RFC 1951, without a wrapper) where that is smaller. */
enum Packing {
    PLAIN,
    DEFLATED;

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
