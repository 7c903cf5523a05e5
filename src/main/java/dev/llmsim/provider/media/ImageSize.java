package dev.llmsim.provider.media;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** The size of an image in pixels, read from the first bytes of a PNG, JPEG, GIF or WebP file. */
public record ImageSize(int width, int height) {
    public static final ImageSize UNKNOWN = new ImageSize(0, 0);

    private static final int PNG = 0x89504E47;
    private static final int JPEG = 0xFFD8;

    /** The size of the image that {@code file} begins; {@link #UNKNOWN} where it is none of the four. */
    public static ImageSize of(byte[] file) {
        ByteBuffer bytes = ByteBuffer.wrap(file);
        try {
            if (bytes.getInt(0) == PNG) {
                return sized(bytes.getInt(16), bytes.getInt(20));
            }
            if (Short.toUnsignedInt(bytes.getShort(0)) == JPEG) {
                return jpeg(bytes.position(2));
            }
            return switch (ascii(bytes, 0)) {
                case "GIF8" -> {
                    bytes.order(ByteOrder.LITTLE_ENDIAN);
                    yield sized(unsigned16(bytes, 6), unsigned16(bytes, 8));
                }
                case "RIFF" -> webp(bytes.order(ByteOrder.LITTLE_ENDIAN));
                default -> UNKNOWN;
            };
        } catch (IndexOutOfBoundsException | BufferUnderflowException | IllegalArgumentException cutShort) {
            return UNKNOWN;
        }
    }

    private static ImageSize sized(int width, int height) {
        return width > 0 && height > 0 ? new ImageSize(width, height) : UNKNOWN;
    }

    /** Walks the segments to the frame header (ITU T.81, B.2.2). */
    private static ImageSize jpeg(ByteBuffer bytes) {
        while (true) {
            int marker = Short.toUnsignedInt(bytes.getShort());
            if (marker < 0xFF00) {
                return UNKNOWN;
            }
            if (marker == 0xFFFF) {
                bytes.position(bytes.position() - 1);
            } else if (isFrameHeader(marker)) {
                int at = bytes.position();
                return sized(unsigned16(bytes, at + 5), unsigned16(bytes, at + 3));
            } else {
                int length = unsigned16(bytes, bytes.position());
                bytes.position(bytes.position() + Math.max(length, 2));
            }
        }
    }

    private static boolean isFrameHeader(int marker) {
        return marker >= 0xFFC0 && marker <= 0xFFCF && marker != 0xFFC4 && marker != 0xFFC8 && marker != 0xFFCC;
    }

    /** The three kinds of WebP (RFC 9649, section 2). */
    private static ImageSize webp(ByteBuffer bytes) {
        return switch (ascii(bytes, 12)) {
            case "VP8 " -> sized(unsigned16(bytes, 26) & 0x3FFF, unsigned16(bytes, 28) & 0x3FFF);
            case "VP8L" -> {
                int bits = bytes.getInt(21);
                yield sized((bits & 0x3FFF) + 1, (bits >>> 14 & 0x3FFF) + 1);
            }
            case "VP8X" -> sized((bytes.getInt(24) & 0xFFFFFF) + 1, (bytes.getInt(26) >>> 8) + 1);
            default -> UNKNOWN;
        };
    }

    private static int unsigned16(ByteBuffer bytes, int at) {
        return Short.toUnsignedInt(bytes.getShort(at));
    }

    private static String ascii(ByteBuffer bytes, int at) {
        byte[] four = new byte[4];
        for (int i = 0; i < four.length; i++) {
            four[i] = bytes.get(at + i);
        }
        return new String(four, StandardCharsets.ISO_8859_1);
    }
}
