package dev.llmsim.provider.framing;

import dev.llmsim.exchange.Bytes;
import dev.llmsim.exchange.Frame;
import java.util.ArrayList;
import java.util.List;

/**
 * The bytes of a frame whose end has not arrived: slices of the reads they came in, joined once when the frame is taken, so
 * that cutting is linear in the number of bytes however they were split.
 */
final class PendingFrame {
    private final List<Bytes> slices = new ArrayList<>();
    private long offsetMicros;

    boolean isEmpty() {
        return slices.isEmpty();
    }

    void add(Bytes slice, long offset) {
        if (!slice.isEmpty()) {
            slices.add(slice);
            offsetMicros = offset;
        }
    }

    /** Everything added since the last call, at the offset of its last byte. */
    Frame take() {
        Frame frame = new Frame(offsetMicros, Bytes.concat(slices));
        slices.clear();
        return frame;
    }

    List<Frame> takeRest() {
        return isEmpty() ? List.of() : List.of(take());
    }
}
