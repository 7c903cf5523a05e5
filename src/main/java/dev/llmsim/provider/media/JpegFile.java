package dev.llmsim.provider.media;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import javax.imageio.ImageIO;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/** Writes pictures as JPEG files, by the JDK's own encoder. */
final class JpegFile {
    private static final int AFTER_START = 2;
    private static final int COMMENT = 0xFE;

    private JpegFile() {}

    static byte[] of(Picture picture) {
        BufferedImage image = new BufferedImage(picture.width(), picture.height(), BufferedImage.TYPE_INT_RGB);
        byte[] row = new byte[picture.width()];
        for (int y = 0; y < picture.height(); y++) {
            picture.row(y, row);
            for (int x = 0; x < row.length; x++) {
                image.setRGB(x, y, picture.colour(row[x]));
            }
        }
        return commented(encoded(image));
    }

    private static byte[] encoded(BufferedImage image) {
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        try (MemoryCacheImageOutputStream out = new MemoryCacheImageOutputStream(file)) {
            if (!ImageIO.write(image, "jpeg", out)) {
                throw new IllegalStateException(
                        "this Java runtime has no JPEG encoder (expected: one of java.desktop)");
            }
        } catch (IOException e) {
            throw new UncheckedIOException("a file in memory can be written", e);
        }
        return file.toByteArray();
    }

    /** The file with the watermark in a comment segment as its first (ITU T.81, B.2.4.5). */
    private static byte[] commented(byte[] jpeg) {
        byte[] text = Picture.WATERMARK.getBytes(StandardCharsets.US_ASCII);
        ByteArrayOutputStream file = new ByteArrayOutputStream(jpeg.length + text.length + 4);
        file.writeBytes(Arrays.copyOf(jpeg, AFTER_START));
        file.writeBytes(new byte[] {(byte) 0xFF, (byte) COMMENT, 0, (byte) (text.length + 2)});
        file.writeBytes(text);
        file.write(jpeg, AFTER_START, jpeg.length - AFTER_START);
        return file.toByteArray();
    }
}
