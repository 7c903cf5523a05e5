package dev.llmsim.telemetry;

import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/** The counters of one gateway. Thread-safe; adding never contends. */
public final class Counters {
    private final EnumMap<Counter, LongAdder> adders = new EnumMap<>(Counter.class);

    public Counters() {
        for (Counter counter : Counter.values()) {
            adders.put(counter, new LongAdder());
        }
    }

    public void increment(Counter counter) {
        add(counter, 1);
    }

    public void decrement(Counter counter) {
        add(counter, -1);
    }

    public void add(Counter counter, long amount) {
        LongAdder adder = adders.get(counter);
        if (adder != null) {
            adder.add(amount);
        }
    }

    public long count(Counter counter) {
        LongAdder adder = adders.get(counter);
        return adder == null ? 0 : adder.sum();
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
