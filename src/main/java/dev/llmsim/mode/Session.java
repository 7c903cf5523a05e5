package dev.llmsim.mode;

import dev.llmsim.synth.Kept;
import dev.llmsim.synth.SynthState;
import dev.llmsim.synth.faults.Fault;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

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

    /** Keeps what is drawn for faults apart from what is drawn for times. */
    private static final long FAULT_SEED = 0x66_61_75_6c_74_73L;

    /** Odd, so that no two draws of a session begin alike. */
    private static final long FAULT_STEP = 0x9e37_79b9_7f4a_7c15L;

    private final String id;
    private final long seed;
    private final SynthState synth;
    private final Cursors cursors = new Cursors();
    private final AtomicLong timingSeeds;
    private final LongAdder open = new LongAdder();
    private final ConcurrentMap<String, LongAdder> requestsBySource = new ConcurrentHashMap<>();
    private final AtomicLong faultDraws = new AtomicLong();
    private volatile @Nullable List<Fault> faults;
    private volatile long lastUseNanos;

    Session(String id, long seed) {
        this(id, seed, new Kept());
    }

    /** @param kept counts what this session keeps, among others */
    Session(String id, long seed, Kept kept) {
        this.id = id;
        this.seed = seed;
        this.synth = new SynthState(seed, kept);
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

    /** What is done to answers of this session; empty where that is what is done to all. */
    public Optional<List<Fault>> faults() {
        return Optional.ofNullable(faults);
    }

    /** Does {@code newFaults} to answers from now on; absent: what is done to all. */
    public void faults(@Nullable List<Fault> newFaults) {
        faults = newFaults == null ? null : List.copyOf(newFaults);
    }

    /** Those of {@code listed} that take place for the next request: the same for the n-th one under the same seed. */
    public List<Fault> faultsOfThisTime(List<Fault> listed) {
        return listed.isEmpty()
                ? listed
                : Fault.drawn(
                        listed, new SplittableRandom(FAULT_SEED ^ (seed + FAULT_STEP * faultDraws.incrementAndGet())));
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
