package dev.llmsim.provider.framing;

import dev.llmsim.exchange.Bytes;
import dev.llmsim.exchange.Frame;
import java.util.List;

/**
 * Cuts one decoded body into frames as its bytes arrive; the frames joined are the body. Not thread-safe: one for each
 * body.
 */
public interface Framer {
    /** The frames that {@code read}, which arrived at {@code offsetMicros}, completes; each has that offset. */
    List<Frame> feed(Bytes read, long offsetMicros);

    /** What is left when the body has ended: at most one partial frame, at the offset of its last byte. */
    List<Frame> finish();
}
