package dev.llmsim.synth.faults;

import dev.llmsim.exchange.Bytes;
import dev.llmsim.exchange.Frame;
import java.util.ArrayList;
import java.util.List;

/** Frames cut and moved: where bytes leave, and when. */
final class Moments {
    /** Between the halves of a split: long enough for both to be packets. */
    static final long SPLIT_MICROS = 20_000;

    private static final long MICROS_PER_SECOND = 1_000_000;

    /** A drip falls so often in a second at most. */
    static final long DRIPS_PER_SECOND = 20;

    /** No answer is dripped in more pieces. */
    private static final long MOST_PIECES = 100_000;

    private Moments() {}

    /** The frame over {@code place} in two, the second later. */
    static List<Frame> split(List<Frame> frames, long place) {
        List<Frame> split = cutAt(frames, place);
        long at = 0;
        for (int i = 0; i < split.size(); i++) {
            if (at == place && i > 0) {
                long latest = last(split.subList(0, i), 0) + SPLIT_MICROS;
                split.set(
                        i,
                        new Frame(
                                Math.max(latest, split.get(i).offsetMicros()),
                                split.get(i).bytes()));
                return split;
            }
            at += split.get(i).bytes().length();
        }
        return split;
    }

    /** What comes from {@code place} on so much later. */
    static List<Frame> stalled(List<Frame> frames, long place, long micros) {
        List<Frame> stalled = new ArrayList<>();
        long at = 0;
        for (Frame frame : cutAt(frames, place)) {
            stalled.add(at < place ? frame : new Frame(frame.offsetMicros() + micros, frame.bytes()));
            at += frame.bytes().length();
        }
        return stalled;
    }

    /** No more than {@code bytesPerSecond} at any time after {@code startMicros}. */
    static List<Frame> dripped(List<Frame> frames, long startMicros, long bytesPerSecond) {
        long total = Frame.totalBytes(frames);
        long most = Math.max(1, Math.max(bytesPerSecond / DRIPS_PER_SECOND, total / MOST_PIECES));
        List<Frame> dripped = new ArrayList<>();
        double free = (double) startMicros;
        for (Frame frame : frames) {
            int length = frame.bytes().length();
            for (int from = 0; from < length; ) {
                int to = (int) Math.min(length, from + most);
                double due = Math.max(free, (double) frame.offsetMicros());
                free = due + (double) (to - from) * MICROS_PER_SECOND / bytesPerSecond;
                dripped.add(new Frame(Math.round(free), frame.bytes().slice(from, to)));
                from = to;
            }
        }
        return dripped;
    }

    /** What comes before {@code place}. */
    static List<Frame> before(List<Frame> frames, long place) {
        List<Frame> before = new ArrayList<>();
        long at = 0;
        for (Frame frame : cutAt(frames, place)) {
            if (at < place) {
                before.add(frame);
            }
            at += frame.bytes().length();
        }
        return before;
    }

    /** When the last of {@code frames} leaves; {@code otherwise} where there is none. */
    static long last(List<Frame> frames, long otherwise) {
        return frames.stream().mapToLong(Frame::offsetMicros).max().orElse(otherwise);
    }

    /** The same with a boundary at {@code place}. */
    private static List<Frame> cutAt(List<Frame> frames, long place) {
        List<Frame> cut = new ArrayList<>();
        long at = 0;
        for (Frame frame : frames) {
            Bytes bytes = frame.bytes();
            int within = (int) Math.max(0, Math.min(bytes.length(), place - at));
            if (within > 0 && within < bytes.length()) {
                cut.add(new Frame(frame.offsetMicros(), bytes.slice(0, within)));
                cut.add(new Frame(frame.offsetMicros(), bytes.slice(within, bytes.length())));
            } else {
                cut.add(frame);
            }
            at += bytes.length();
        }
        return cut;
    }
}
