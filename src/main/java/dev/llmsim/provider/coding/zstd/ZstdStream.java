package dev.llmsim.provider.coding.zstd;

import dev.llmsim.provider.coding.stream.SteppedStream;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/**
 * Decodes the content coding {@code zstd}: frames one after another, skippable ones among them (RFC 8878; without dictionaries, RFC 9659).
 *
 * <p>A block is decoded when its last byte has come: an encoder's flush ends a block. A raw block is handed on as it comes.
 */
public final class ZstdStream extends SteppedStream {
    static final int MAX_BLOCK_BYTES = 128 << 10;

    private static final long MAGIC = 0xFD2FB528L;
    private static final long SKIPPABLE_MAGIC = 0x184D2A50L;
    private static final int RAW = 0;
    private static final int RLE = 1;
    private static final int COMPRESSED = 2;

    private final byte[] piece = new byte[8192];
    private @Nullable Frame frame;

    /** One frame, while it is decoded. */
    private static final class Frame {
        private final FrameHeader header;
        private final LiteralsSection literals = new LiteralsSection();
        private final SequencesSection sequences = new SequencesSection();
        private final XxHash64 hash = new XxHash64();
        private long contentBytes;
        private int rawLeft;
        private boolean isLast;

        Frame(FrameHeader header) {
            this.header = header;
        }
    }

    public ZstdStream(InputStream coded) {
        super(coded);
    }

    @Override
    protected boolean step() throws IOException {
        if (frame == null) {
            return begin();
        }
        if (frame.rawLeft > 0) {
            raw(frame);
        } else if (frame.isLast) {
            end(frame);
            frame = null;
        } else {
            block(frame);
        }
        return true;
    }

    private boolean begin() throws IOException {
        int first = in.read();
        if (first < 0) {
            return false;
        }
        long magic = first | in.littleEndian(3) << 8;
        if ((magic & ~0xfL) == SKIPPABLE_MAGIC) {
            in.skip(in.littleEndian(4));
        } else if (magic == MAGIC) {
            frame = new Frame(FrameHeader.read(in));
            out.begin(frame.header.windowBytes());
        } else {
            throw new IOException("zstd: neither a frame nor the end where one of them has to be");
        }
        return true;
    }

    private void block(Frame current) throws IOException {
        int header = (int) in.littleEndian(3);
        current.isLast = (header & 1) != 0;
        int type = (header >> 1) & 3;
        int size = header >> 3;
        if (size > current.header.maxBlockBytes() || type > COMPRESSED) {
            throw new IOException("zstd: a block of type " + type + " with " + size
                    + " bytes (expected: type 0 to 2, at most " + current.header.maxBlockBytes() + " bytes)");
        }
        if (type == RAW) {
            current.rawLeft = size;
        } else if (type == RLE) {
            out.fill(in.next(), size);
            count(current, size);
        } else {
            compressed(current, in.next(size));
        }
    }

    private void compressed(Frame current, byte[] block) throws IOException {
        try {
            current.sequences.apply(block, current.literals.read(block), out);
        } catch (IOException | IndexOutOfBoundsException broken) {
            out.takeBack(out.unreadBytes());
            throw broken;
        }
        count(current, out.unreadBytes());
    }

    private void raw(Frame current) throws IOException {
        int count = in.readSome(piece, 0, Math.min(piece.length, current.rawLeft));
        out.put(piece, 0, count);
        current.rawLeft -= count;
        count(current, count);
    }

    private void count(Frame current, int bytes) {
        current.contentBytes += bytes;
        out.last(bytes, current.hash::update);
    }

    private void end(Frame current) throws IOException {
        long announced = current.header.contentBytes();
        if (announced >= 0 && announced != current.contentBytes) {
            throw new IOException("zstd: a frame of " + current.contentBytes + " bytes (expected: " + announced + ")");
        }
        if (current.header.hasChecksum() && in.littleEndian(4) != (current.hash.digest() & 0xffff_ffffL)) {
            throw new IOException("zstd: the checksum of a frame is not that of its content");
        }
    }
}
