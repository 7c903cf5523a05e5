package dev.llmsim.mode;

import dev.llmsim.synth.SynthState;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;

/**
 * One client's private view of the gateway: what it draws from its seed, how far it has come in repeated recordings, what was
 * counted. Two sessions share recordings and nothing else. Thread-safe; a request that began in a session which is then
 * forgotten ends in it.
 */
public final class Session {
    /** The id of the session of all requests that name none. */
    public static final String DEFAULT = "default";

    /** What an id consists of, in words. */
    public static final String EXPECTED_ID = "1 to 128 letters, digits, '-', '_' and '.'";

    private static final int MAX_ID_CHARS = 128;

    private final String id;
    private final long seed;
    private final SynthState synth;
    private final Cursors cursors = new Cursors();
    private final AtomicLong timingSeeds;
    private final LongAdder open = new LongAdder();
    private final ConcurrentMap<String, LongAdder> requestsBySource = new ConcurrentHashMap<>();
    private volatile long lastUseNanos;

    Session(String id, long seed) {
        this.id = id;
        this.seed = seed;
        this.synth = new SynthState(seed);
        this.timingSeeds = new AtomicLong(seed);
    }

    /**
     * Whether {@code id} may name a session: 1 to 128 letters (a-z, A-Z), digits, {@code -}, {@code _} and {@code .}, and not
     * {@code .} or {@code ..}, which clients take out of paths.
     */
    public static boolean isId(String id) {
        if (id.isEmpty() || id.length() > MAX_ID_CHARS || id.equals(".") || id.equals("..")) {
            return false;
        }
        for (int i = 0; i < id.length(); i++) {
            char c = id.charAt(i);
            boolean letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
            boolean plain = letter || (c >= '0' && c <= '9') || c == '-' || c == '_' || c == '.';
            if (!plain) {
                return false;
            }
        }
        return true;
    }

    public String id() {
        return id;
    }

    public boolean isDefault() {
        return id.equals(DEFAULT);
    }

    /** What everything that is drawn here follows from. */
    public long seed() {
        return seed;
    }

    /** What the simulator remembers of this session. */
    public SynthState synth() {
        return synth;
    }

    Cursors cursors() {
        return cursors;
    }

    /** The seed of the times of the next simulated answer. */
    long nextTimingSeed() {
        return timingSeeds.getAndIncrement();
    }

    /** A request has been found to belong here. */
    public void began() {
        open.increment();
    }

    /** A request that {@link #began} has had its answer, from {@code source} ({@code x-llmsim-source}). */
    public void ended(String source) {
        LongAdder count = requestsBySource.get(source);
        if (count == null) {
            count = requestsBySource.computeIfAbsent(source, first -> new LongAdder());
        }
        count.increment();
        open.decrement();
    }

    /** How many requests are being answered. */
    public long open() {
        return open.sum();
    }

    /** How many requests were answered, by {@code x-llmsim-source}. */
    public Map<String, Long> requestsBySource() {
        Map<String, Long> counts = new TreeMap<>();
        requestsBySource.forEach((source, count) -> counts.put(source, count.sum()));
        return counts;
    }

    /** How many requests with a recording have been asked here at least once. */
    public int cursorsInUse() {
        return cursors.size();
    }

    void used(long nowNanos) {
        lastUseNanos = nowNanos;
    }

    /** Negative where it was used before {@code thatNanos}. */
    long usedAfter(long thatNanos) {
        return lastUseNanos - thatNanos;
    }
}
