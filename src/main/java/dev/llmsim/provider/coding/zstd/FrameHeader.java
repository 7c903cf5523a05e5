package dev.llmsim.provider.coding.zstd;

import dev.llmsim.provider.coding.stream.CodedInput;
import java.io.IOException;

/**
 * The beginning of a frame (RFC 8878, section 3.1.1.1).
 *
 * @param contentBytes what the frame decodes to, or -1 where it does not say
 */
record FrameHeader(int windowBytes, long contentBytes, boolean hasChecksum) {
    /** The largest window that the reference decoder takes unless it is told otherwise. */
    private static final long MAX_WINDOW_BYTES = 1L << 27;

    private static final int MIN_WINDOW_LOG = 10;
    private static final int[] DICTIONARY_ID_BYTES = {0, 1, 2, 4};

    static FrameHeader read(CodedInput in) throws IOException {
        int descriptor = in.next();
        boolean singleSegment = (descriptor & 0x20) != 0;
        if ((descriptor & 0x08) != 0) {
            throw new IOException("zstd: a reserved bit is set");
        }
        long window = singleSegment ? 0 : window(in.next());
        if (in.littleEndian(DICTIONARY_ID_BYTES[descriptor & 3]) != 0) {
            throw new IOException("zstd: it needs a dictionary (expected: none, RFC 9659)");
        }
        long content = content(in, descriptor >> 6, singleSegment);
        window = singleSegment ? content : window;
        if (window < 0 || window > MAX_WINDOW_BYTES) {
            throw new IOException(
                    "zstd: a window of " + window + " bytes (expected: at most " + MAX_WINDOW_BYTES + ")");
        }
        return new FrameHeader((int) window, content, (descriptor & 0x04) != 0);
    }

    private static long window(int descriptor) {
        long base = 1L << (MIN_WINDOW_LOG + (descriptor >> 3));
        return base + base / 8 * (descriptor & 7);
    }

    private static long content(CodedInput in, int flag, boolean singleSegment) throws IOException {
        return switch (flag) {
            case 0 -> singleSegment ? in.next() : -1;
            case 1 -> in.littleEndian(2) + 256;
            case 2 -> in.littleEndian(4);
            default -> in.littleEndian(8);
        };
    }

    int maxBlockBytes() {
        return Math.min(windowBytes, ZstdStream.MAX_BLOCK_BYTES);
    }
}
