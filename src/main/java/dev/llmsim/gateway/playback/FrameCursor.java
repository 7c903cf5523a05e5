package dev.llmsim.gateway.playback;

import dev.llmsim.exchange.Bytes;
import dev.llmsim.exchange.Frame;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.util.List;

/**
 * The place in a body up to which it has been written. Frames that are due together leave in one buffer; a large frame
 * leaves in several, so that a client that does not read holds no copy of it.
 */
final class FrameCursor {
    /** The most that one buffer takes; it is also Netty's default high-water mark of a channel. */
    static final int BUFFER_BYTES = 64 * 1024;

    private final List<Frame> frames;
    private int dueFrames;
    private int frame;
    private int offset;
    private long takenBytes;

    FrameCursor(List<Frame> frames) {
        this.frames = frames;
    }

    /** The frames before {@code frame} may be written. */
    void dueUpTo(int frame) {
        dueFrames = frame;
    }

    /** Whether bytes are due that have not been taken. */
    boolean hasDue() {
        while (frame < dueFrames && offset == frames.get(frame).bytes().length()) {
            frame++;
            offset = 0;
        }
        return frame < dueFrames;
    }

    /** The next due bytes in a buffer of their own, which the caller releases. */
    ByteBuf take(ByteBufAllocator allocator) {
        ByteBuf buffer = allocator.ioBuffer(nextBytes());
        while (hasDue() && buffer.writableBytes() > 0) {
            Bytes bytes = frames.get(frame).bytes();
            int end = Math.min(bytes.length(), offset + buffer.writableBytes());
            buffer.writeBytes(bytes.slice(offset, end).asByteBuffer());
            offset = end;
        }
        takenBytes += buffer.readableBytes();
        return buffer;
    }

    long takenBytes() {
        return takenBytes;
    }

    private int nextBytes() {
        long bytes = -offset;
        for (int i = frame; i < dueFrames && bytes < BUFFER_BYTES; i++) {
            bytes += frames.get(i).bytes().length();
        }
        return (int) Math.min(bytes, BUFFER_BYTES);
    }
}
