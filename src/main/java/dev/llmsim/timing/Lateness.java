package dev.llmsim.timing;

/**
 * How far behind its schedule a playback was: the time from the moment a part was due to the wake-up that served it. A
 * client that does not read does not count.
 *
 * @param moments the parts served: head, frames and end
 */
public record Lateness(long moments, long sumNanos, long maxNanos) {
    public static final Lateness NONE = new Lateness(0, 0, 0);

    public long meanNanos() {
        return moments == 0 ? 0 : sumNanos / moments;
    }

    /** Both taken together. */
    public Lateness plus(Lateness other) {
        return new Lateness(moments + other.moments, sumNanos + other.sumNanos, Math.max(maxNanos, other.maxNanos));
    }
}
