package dev.llmsim.store;

import dev.llmsim.exchange.Bytes;
import dev.llmsim.store.Packing.Packed;
import java.io.ByteArrayOutputStream;
import java.util.zip.Deflater;

/** Packs bytes, one after another, with one deflater: to set one up costs more than to deflate a small body. Owns it. */
final class Packer implements AutoCloseable {
    private static final int MIN_DEFLATED_BYTES = 64;

    private final Deflater deflater = new Deflater(Deflater.BEST_SPEED, true);
    private final byte[] buffer = new byte[8192];

    Packed pack(Bytes bytes) {
        if (bytes.length() >= MIN_DEFLATED_BYTES) {
            Bytes deflated = deflate(bytes);
            if (deflated.length() < bytes.length()) {
                return new Packed(Packing.DEFLATED, bytes.length(), deflated);
            }
        }
        return new Packed(Packing.PLAIN, bytes.length(), bytes);
    }

    private Bytes deflate(Bytes bytes) {
        deflater.reset();
        deflater.setInput(bytes.asByteBuffer());
        deflater.finish();
        ByteArrayOutputStream out = new ByteArrayOutputStream(bytes.length() / 3 + 64);
        while (!deflater.finished()) {
            out.write(buffer, 0, deflater.deflate(buffer));
        }
        return Bytes.wrap(out.toByteArray());
    }

    @Override
    public void close() {
        deflater.end();
    }
}
