package dev.llmsim.synth.limits;

import dev.llmsim.exchange.Key;
import dev.llmsim.provider.simulation.RateLimit;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;

/**
 * The buckets of one session: one set for each caller, which is a key and a model. There are 10,000 callers at most: the one that was
 * quiet for longest is forgotten, and has full buckets when it comes again. Thread-safe.
 */
public final class Buckets {
    private static final int MOST_CALLERS = 10_000;

    private final Map<Key, Map<RateLimit, Bucket>> byCaller = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Key, Map<RateLimit, Bucket>> eldest) {
            return size() > MOST_CALLERS;
        }
    };

    /** What {@code act} makes of the buckets of {@code caller}: those of {@code perMinute}, full at first. */
    synchronized <T> T with(
            Key caller, Map<RateLimit, Long> perMinute, long nowMicros, Function<Map<RateLimit, Bucket>, T> act) {
        return act.apply(byCaller.computeIfAbsent(caller, unknown -> full(perMinute, nowMicros)));
    }

    static Map<RateLimit, Bucket> full(Map<RateLimit, Long> perMinute, long nowMicros) {
        Map<RateLimit, Bucket> buckets = new EnumMap<>(RateLimit.class);
        perMinute.forEach((limit, most) -> buckets.put(limit, new Bucket(most, nowMicros)));
        return buckets;
    }
}
