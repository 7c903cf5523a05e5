package dev.llmsim.cassette.importing;

import dev.llmsim.exchange.Bytes;
import dev.llmsim.exchange.Frame;
import java.util.ArrayList;
import java.util.List;

/**
 * The offsets of answers whose source has none: the head after 350 ms, the first frame after 400 ms, each further frame 20 ms
 * after the one before; the answer ends with its last frame, or with its head where it has no body. The same for every
 * provider and model, so that nobody takes it for a measurement.
 */
public final class ModelledTiming {
    public static final long HEAD_MICROS = 350_000;
    public static final long FIRST_FRAME_MICROS = 400_000;
    public static final long BETWEEN_FRAMES_MICROS = 20_000;

    private ModelledTiming() {}

    /** {@code bodies} at their offsets. */
    public static List<Frame> frames(List<Bytes> bodies) {
        List<Frame> frames = new ArrayList<>(bodies.size());
        for (Bytes body : bodies) {
            frames.add(new Frame(FIRST_FRAME_MICROS + frames.size() * BETWEEN_FRAMES_MICROS, body));
        }
        return frames;
    }

    /** When an answer of {@code frames} ends. */
    public static long endMicros(List<Frame> frames) {
        return frames.isEmpty() ? HEAD_MICROS : frames.get(frames.size() - 1).offsetMicros();
    }
}
