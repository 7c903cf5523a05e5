package dev.llmsim.provider.media;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Writes pictures as lossless WebP files (RFC 9649, section 3): numbers of colours, with runs of one colour and rows that repeat
 * written as lengths.
 */
final class WebpFile {
    private static final int SIGNATURE = 0x2F;
    private static final int COLOUR_INDEXING = 3;

    /** With 16 or fewer, several pixels would share a byte. */
    private static final int TABLE_SIZE = 17;

    private static final int FIRST_LENGTH = 256;
    private static final int LENGTHS = 24;

    /** The order in which the lengths of the codes of lengths stand (section 3.7.2.1.2). */
    private static final int[] ORDER = {17, 18, 0, 1, 2, 3, 4, 5, 16, 6, 7, 8};

    private static final int ZEROS = 18;
    private static final int FEWEST_ZEROS = 11;
    private static final int ABOVE = 0;
    private static final int BEFORE = 1;

    private final Picture picture;
    private final BitOutput bits = new BitOutput();

    private WebpFile(Picture picture) {
        this.picture = picture;
    }

    static byte[] of(Picture picture) {
        byte[] image = new WebpFile(picture).image();
        int padded = image.length + image.length % 2;
        ByteBuffer file = ByteBuffer.allocate(20 + padded).order(ByteOrder.LITTLE_ENDIAN);
        file.put(ascii("RIFF")).putInt(12 + padded).put(ascii("WEBPVP8L")).putInt(image.length);
        return file.put(image).array();
    }

    private byte[] image() {
        bits.write(SIGNATURE, 8);
        bits.write(picture.width() - 1, 14);
        bits.write(picture.height() - 1, 14);
        bits.write(picture.isTransparent(Picture.COLOURS - 1) ? 1 : 0, 1);
        bits.write(0, 3);
        bits.write(1, 1);
        bits.write(COLOUR_INDEXING, 2);
        table();
        bits.write(0, 1);
        pixels();
        return bits.toByteArray();
    }

    /** The colours, each as its difference from the one before it; every byte has a code of 8 bits. */
    private void table() {
        bits.write(TABLE_SIZE - 1, 8);
        bits.write(0, 1);
        byteCode(LENGTHS);
        byteCode(0);
        byteCode(0);
        byteCode(0);
        only(0);
        int before = 0;
        for (int i = 0; i < TABLE_SIZE; i++) {
            int number = Math.min(i, Picture.COLOURS - 1);
            int colour = picture.colour(number) | (picture.isTransparent(number) ? 0 : 0xFF000000);
            for (int shift : new int[] {8, 16, 0, 24}) {
                bits.code((colour >>> shift) - (before >>> shift) & 0xFF, 8);
            }
            before = colour;
        }
    }

    /** A code of 8 bits for each byte, and none for the {@code others} symbols of its alphabet. */
    private void byteCode(int others) {
        codeOfLengths(ZEROS, 1, 8, 1);
        for (int i = 0; i < 256; i++) {
            bits.code(0, 1);
        }
        if (others > 0) {
            bits.code(1, 1);
            bits.write(others - FEWEST_ZEROS, 7);
        }
    }

    /** Begins a code: the lengths of the codes in which its own lengths are written, by pairs of symbol and length. */
    private void codeOfLengths(int... pairs) {
        bits.write(0, 1);
        bits.write(ORDER.length - 4, 4);
        for (int symbol : ORDER) {
            int length = 0;
            for (int i = 0; i < pairs.length; i += 2) {
                length = pairs[i] == symbol ? pairs[i + 1] : length;
            }
            bits.write(length, 3);
        }
        bits.write(0, 1);
    }

    /** A code of one symbol, which takes no bits. */
    private void only(int symbol) {
        bits.write(0b101, 3);
        bits.write(symbol, 8);
    }

    private void pixels() {
        bits.write(0, 2);
        numberCode();
        only(0);
        only(0);
        only(0xFF);
        distanceCode();
        byte[] row = new byte[picture.width()];
        byte[] above = new byte[0];
        for (int y = 0; y < picture.height(); y++) {
            picture.row(y, row);
            if (Arrays.equals(row, above)) {
                copy(row.length, ABOVE);
            } else {
                runs(row);
            }
            above = row.clone();
        }
    }

    /** 6 bits for each of the 16 numbers of colours, 5 for each of the 24 lengths. */
    private void numberCode() {
        codeOfLengths(0, 2, 5, 2, 6, 2, ZEROS, 2);
        for (int i = 0; i < Picture.COLOURS; i++) {
            bits.code(0b10, 2);
        }
        int zeros = FIRST_LENGTH - Picture.COLOURS;
        int most = FEWEST_ZEROS + 127;
        bits.code(0b11, 2);
        bits.write(127, 7);
        bits.code(0b11, 2);
        bits.write(zeros - most - FEWEST_ZEROS, 7);
        for (int i = 0; i < LENGTHS; i++) {
            bits.code(0b01, 2);
        }
    }

    /** One bit: from the row above or from the pixel before. */
    private void distanceCode() {
        bits.write(0b011, 3);
        bits.write(ABOVE, 1);
        bits.write(BEFORE, 8);
    }

    private void runs(byte[] row) {
        int at = 0;
        while (at < row.length) {
            int end = at + 1;
            while (end < row.length && row[end] == row[at]) {
                end++;
            }
            bits.code(2 * LENGTHS + row[at], 6);
            if (end - at > 1) {
                copy(end - at - 1, BEFORE);
            }
            at = end;
        }
    }

    private void copy(int pixels, int from) {
        int rest = pixels - 1;
        if (rest < 4) {
            bits.code(rest, 5);
        } else {
            int extra = 30 - Integer.numberOfLeadingZeros(rest);
            bits.code(2 * extra + (rest >> extra), 5);
            bits.write(rest & (1 << extra) - 1, extra);
        }
        bits.code(from, 1);
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
