package dev.llmsim.synth.faults;

import dev.llmsim.exchange.Bytes;
import dev.llmsim.exchange.Ending;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;

/**
 * Splits, drips, stalls and ends one body as it passes. A split and a stall wait for what follows their place, so that the
 * silence is as long as it says whenever that comes; a cut takes place as soon as its place is reached.
 */
final class PlaceFaults {
    private static final long MICROS_PER_SECOND = 1_000_000;

    /** Those whose place is a number of frames that have not passed yet. */
    private final List<Fault> byFrame = new ArrayList<>();

    private final List<Placed> byByte = new ArrayList<>();
    private final List<Fault> drips = new ArrayList<>();
    private final long bytesPerSecond;
    private boolean dripping;
    private long frames;
    private long passedBytes;
    private boolean ended;

    private record Placed(Fault fault, long place) {
        boolean ends() {
            return fault.kind() == FaultKind.CUT || fault.kind() == FaultKind.RESET;
        }
    }

    /** Those of {@code ordered} whose place is no event. */
    PlaceFaults(List<Fault> ordered) {
        for (Fault fault : ordered) {
            switch (fault.unit()) {
                case "frame" -> byFrame.add(fault);
                case "byte" -> byByte.add(new Placed(fault, fault.number()));
                case "event" -> {}
                default -> drips.add(fault);
            }
        }
        this.bytesPerSecond = drips.stream().mapToLong(Fault::amount).min().orElse(0);
    }

    /** Whether it still matters where frames end. */
    boolean waitsForFrames() {
        return !byFrame.isEmpty() && !ended;
    }

    boolean ended() {
        return ended;
    }

    /** Before the first byte. */
    void begin(List<FaultStep> steps) {
        settle(steps);
    }

    /** {@code frame} has passed, as a whole. */
    void pass(Bytes frame, List<FaultStep> steps) {
        passBytes(frame, steps);
        if (!ended) {
            frames++;
            settle(steps);
        }
    }

    /** {@code bytes} pass of a body whose frames matter no more. */
    void passBytes(Bytes bytes, List<FaultStep> steps) {
        int from = 0;
        while (from < bytes.length() && !ended) {
            waitHere(steps, false);
            long next = nextPlace();
            int to = (int) Math.min(bytes.length(), from + (next - passedBytes));
            send(bytes.slice(from, to), steps);
            passedBytes += to - from;
            from = to;
            endHere(steps);
        }
    }

    /** Behind the last byte. */
    void finish(List<FaultStep> steps) {
        if (!ended) {
            waitHere(steps, true);
        }
    }

    private void settle(List<FaultStep> steps) {
        Iterator<Fault> waiting = byFrame.iterator();
        while (waiting.hasNext()) {
            Fault fault = waiting.next();
            if (fault.number() == frames) {
                byByte.add(new Placed(fault, passedBytes));
                waiting.remove();
            }
        }
        byByte.sort(Comparator.comparing((Placed placed) -> placed.fault().kind()));
        endHere(steps);
    }

    private void waitHere(List<FaultStep> steps, boolean atEnd) {
        Iterator<Placed> waiting = byByte.iterator();
        while (waiting.hasNext()) {
            Placed one = waiting.next();
            boolean splits = one.fault().kind() == FaultKind.SPLIT;
            if (one.place() == passedBytes && !one.ends() && !(atEnd && splits)) {
                waiting.remove();
                steps.add(new FaultStep.Note(one.fault()));
                steps.add(new FaultStep.Pause(
                        splits ? Moments.SPLIT_MICROS : one.fault().amount()));
            }
        }
    }

    private void endHere(List<FaultStep> steps) {
        Ending ending = null;
        for (Placed one : byByte) {
            if (one.place() == passedBytes && one.ends()) {
                steps.add(new FaultStep.Note(one.fault()));
                ending = one.fault().kind() == FaultKind.RESET ? Ending.UPSTREAM_RESET : Ending.UPSTREAM_TRUNCATED;
            }
        }
        if (ending != null) {
            ended = true;
            steps.add(new FaultStep.End(ending));
        }
    }

    private long nextPlace() {
        return byByte.stream()
                .mapToLong(Placed::place)
                .filter(place -> place > passedBytes)
                .min()
                .orElse(Long.MAX_VALUE);
    }

    private void send(Bytes bytes, List<FaultStep> steps) {
        if (bytesPerSecond == 0) {
            steps.add(new FaultStep.Send(bytes));
            return;
        }
        if (!dripping) {
            dripping = true;
            drips.forEach(drip -> steps.add(new FaultStep.Note(drip)));
        }
        int most = (int) Math.max(1, Math.min(Integer.MAX_VALUE, bytesPerSecond / Moments.DRIPS_PER_SECOND));
        for (int from = 0; from < bytes.length(); from += most) {
            int to = Math.min(bytes.length(), from + most);
            steps.add(new FaultStep.Pause(Math.max(1, (to - from) * MICROS_PER_SECOND / bytesPerSecond)));
            steps.add(new FaultStep.Send(bytes.slice(from, to)));
        }
    }
}
