package dev.llmsim.telemetry;

import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAccumulator;

/** The counters of one gateway. Thread-safe; adding never contends. */
public final class Counters {
    private final EnumMap<Counter, LongAccumulator> values = new EnumMap<>(Counter.class);
    private final Traffic traffic = new Traffic();

    public Counters() {
        for (Counter counter : Counter.values()) {
            values.put(counter, new LongAccumulator(counter.isMaximum() ? Math::max : Long::sum, 0));
        }
    }

    public void increment(Counter counter) {
        add(counter, 1);
    }

    public void decrement(Counter counter) {
        add(counter, -1);
    }

    /** Adds {@code amount}; to a maximum, raises it to {@code amount} where it was lower. */
    public void add(Counter counter, long amount) {
        LongAccumulator value = values.get(counter);
        if (value != null) {
            value.accumulate(amount);
        }
    }

    public long count(Counter counter) {
        LongAccumulator value = values.get(counter);
        return value == null ? 0 : value.get();
    }

    /** Requests to providers' APIs as clients see them. */
    public Traffic traffic() {
        return traffic;
    }

    /** All counts by {@link Counter#id()}, in the order of the enum. */
    public Map<String, Long> snapshot() {
        Map<String, Long> counts = new LinkedHashMap<>();
        for (Counter counter : Counter.values()) {
            counts.put(counter.id(), count(counter));
        }
        return counts;
    }
}
