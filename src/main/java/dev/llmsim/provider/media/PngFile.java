package dev.llmsim.provider.media;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;

/** Writes pictures as PNG files, one byte a pixel (PNG specification, third edition). */
final class PngFile {
    private static final byte[] SIGNATURE = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n'};
    private static final byte BITS_OF_A_SAMPLE = 8;
    private static final byte INDEXED_COLOUR = 3;

    private PngFile() {}

    static byte[] of(Picture picture) {
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        file.writeBytes(SIGNATURE);
        ByteBuffer header = ByteBuffer.allocate(13)
                .putInt(picture.width())
                .putInt(picture.height())
                .put(BITS_OF_A_SAMPLE)
                .put(INDEXED_COLOUR);
        chunk(file, "IHDR", header.array());
        chunk(file, "tEXt", ("Comment\0" + Picture.WATERMARK).getBytes(StandardCharsets.ISO_8859_1));
        chunk(file, "PLTE", palette(picture));
        chunk(file, "tRNS", alphas(picture));
        chunk(file, "IDAT", pixels(picture));
        chunk(file, "IEND", new byte[0]);
        return file.toByteArray();
    }

    private static byte[] palette(Picture picture) {
        ByteBuffer palette = ByteBuffer.allocate(3 * Picture.COLOURS);
        for (int i = 0; i < Picture.COLOURS; i++) {
            int colour = picture.colour(i);
            palette.put((byte) (colour >> 16)).put((byte) (colour >> 8)).put((byte) colour);
        }
        return palette.array();
    }

    private static byte[] alphas(Picture picture) {
        byte[] alphas = new byte[Picture.COLOURS];
        for (int i = 0; i < alphas.length; i++) {
            alphas[i] = (byte) (picture.isTransparent(i) ? 0 : 0xFF);
        }
        return alphas;
    }

    /** Rows, each after the number of its filter: none. */
    private static byte[] pixels(Picture picture) {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        Deflater deflater = new Deflater(Deflater.BEST_SPEED);
        try (DeflaterOutputStream deflating = new DeflaterOutputStream(packed, deflater, 1 << 13)) {
            byte[] row = new byte[picture.width()];
            for (int y = 0; y < picture.height(); y++) {
                picture.row(y, row);
                deflating.write(0);
                deflating.write(row);
            }
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException("a file in memory can be written", e);
        } finally {
            deflater.end();
        }
        return packed.toByteArray();
    }

    private static void chunk(ByteArrayOutputStream file, String type, byte[] content) {
        byte[] name = type.getBytes(StandardCharsets.US_ASCII);
        CRC32 sum = new CRC32();
        sum.update(name);
        sum.update(content);
        file.writeBytes(
                ByteBuffer.allocate(Integer.BYTES).putInt(content.length).array());
        file.writeBytes(name);
        file.writeBytes(content);
        file.writeBytes(
                ByteBuffer.allocate(Integer.BYTES).putInt((int) sum.getValue()).array());
    }
}
