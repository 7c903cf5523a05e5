package dev.llmsim.provider.coding.brotli;

import dev.llmsim.provider.coding.stream.SteppedStream;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/**
 * Decodes the content coding {@code br} (RFC 7932). A byte is decoded as soon as the last bit that it needs has come. Nothing may follow the
 * end: a body that was never coded at all often looks like a short stream and more.
 */
public final class BrotliStream extends SteppedStream {
    /** More coded bytes than a command, a literal or a distance can take, with a switch to another block before it. */
    private static final int AMPLE_BYTES = 32;

    private static final int MAX_UNREAD_BYTES = 1 << 16;
    private static final int METADATA = 3;

    private final BitInput bits = new BitInput(in);
    private final Distances distances = new Distances();
    private final byte[] piece = new byte[8192];
    private boolean begun;
    private boolean isLast;
    private int uncompressedLeft;
    private @Nullable MetaBlock metaBlock;

    public BrotliStream(InputStream coded) {
        super(coded);
    }

    @Override
    protected boolean step() throws IOException {
        if (!begun) {
            out.begin((1 << windowBits()) - 16);
            begun = true;
        } else if (metaBlock != null) {
            run(metaBlock);
        } else if (uncompressedLeft > 0) {
            int count = in.readSome(piece, 0, Math.min(piece.length, uncompressedLeft));
            out.put(piece, 0, count);
            uncompressedLeft -= count;
        } else if (!isLast) {
            beginMetaBlock();
        } else {
            bits.align();
            if (in.read() >= 0) {
                throw new IOException("brotli: bytes after the end");
            }
            return false;
        }
        return true;
    }

    private void run(MetaBlock block) throws IOException {
        do {
            block.step(out);
        } while (!block.isDone() && mayGoOn());
        if (block.isDone()) {
            metaBlock = null;
        }
    }

    /** Whether another step can be made before what there is has been read: not where that might wait for input. */
    private boolean mayGoOn() {
        return out.unreadBytes() == 0 || (in.buffered() >= AMPLE_BYTES && out.unreadBytes() < MAX_UNREAD_BYTES);
    }

    /** RFC 7932, section 9.1, "WBITS". */
    private int windowBits() throws IOException {
        if (!bits.flag()) {
            return 16;
        }
        int high = bits.read(3);
        if (high != 0) {
            return 17 + high;
        }
        int low = bits.read(3);
        if (low == 1) {
            throw new IOException("brotli: a large window (expected: at most 24 bits)");
        }
        return low == 0 ? 17 : 8 + low;
    }

    /** RFC 7932, section 9.2, up to "ISUNCOMPRESSED". */
    private void beginMetaBlock() throws IOException {
        isLast = bits.flag();
        if (isLast && bits.flag()) {
            return;
        }
        int nibbles = bits.read(2);
        if (nibbles == METADATA) {
            skipMetadata();
            return;
        }
        int length = length(4 + nibbles, 4);
        if (!isLast && bits.flag()) {
            bits.align();
            uncompressedLeft = length;
        } else {
            metaBlock = new MetaBlock(bits, distances, length);
        }
    }

    private void skipMetadata() throws IOException {
        if (bits.flag()) {
            throw new IOException("brotli: a reserved bit is set");
        }
        int lengthBytes = bits.read(2);
        int length = lengthBytes == 0 ? 0 : length(lengthBytes, 8);
        bits.align();
        in.skip(length);
    }

    /** A number that is stated less 1, in at most {@code digits} digits of {@code digitBits}; above 4 nibbles, the last is not 0. */
    private int length(int digits, int digitBits) throws IOException {
        int length = 0;
        int digit = 0;
        for (int i = 0; i < digits; i++) {
            digit = bits.read(digitBits);
            length |= digit << (i * digitBits);
        }
        if (digit == 0 && digits > (digitBits == 4 ? 4 : 1)) {
            throw new IOException("brotli: a length with more digits than it needs");
        }
        return length + 1;
    }
}
