package dev.llmsim.timing;

/**
 * The progress of one answer through its schedule: told the time, it says what has become due. Pure arithmetic; it keeps no
 * clock and no timer. Every deadline counts from the end of the request, so a late wake-up delays nothing but itself.
 * Not thread-safe.
 */
public final class Playback {
    private final Schedule schedule;
    private boolean headPassed;
    private int nextFrame;
    private boolean endPassed;
    private long momentCount;
    private long latenessSumNanos;
    private long latenessMaxNanos;

    public Playback(Schedule schedule) {
        this.schedule = schedule;
    }

    /**
     * What became due since the last call.
     *
     * @param elapsedNanos the time since the end of the request
     */
    public Due advance(long elapsedNanos) {
        boolean head = headFalls(elapsedNanos);
        int from = nextFrame;
        while (nextFrame < schedule.frameCount() && schedule.frameDueNanos(nextFrame) <= elapsedNanos) {
            late(elapsedNanos - schedule.frameDueNanos(nextFrame));
            nextFrame++;
        }
        boolean end = endFalls(elapsedNanos);
        return new Due(head, from, nextFrame, end, nextDueNanos());
    }

    public boolean isOver() {
        return endPassed;
    }

    /** How far behind schedule the calls of {@link #advance} were so far. */
    public Lateness lateness() {
        return new Lateness(momentCount, latenessSumNanos, latenessMaxNanos);
    }

    private boolean headFalls(long elapsedNanos) {
        if (headPassed || schedule.head().isEmpty() || schedule.headDueNanos() > elapsedNanos) {
            return false;
        }
        headPassed = true;
        late(elapsedNanos - schedule.headDueNanos());
        return true;
    }

    private boolean endFalls(long elapsedNanos) {
        if (endPassed || nextFrame < schedule.frameCount() || schedule.endDueNanos() > elapsedNanos) {
            return false;
        }
        endPassed = true;
        late(elapsedNanos - schedule.endDueNanos());
        return true;
    }

    private long nextDueNanos() {
        if (schedule.head().isPresent() && !headPassed) {
            return schedule.headDueNanos();
        }
        if (nextFrame < schedule.frameCount()) {
            return schedule.frameDueNanos(nextFrame);
        }
        return endPassed ? Due.NEVER : schedule.endDueNanos();
    }

    private void late(long nanos) {
        momentCount++;
        latenessSumNanos += nanos;
        latenessMaxNanos = Math.max(latenessMaxNanos, nanos);
    }
}
