package dev.llmsim.telemetry;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/**
 * Requests by the id of their model, for a limited number of ids of limited length: clients choose them. Thread-safe; only the first
 * request to a model takes a lock.
 */
final class ModelRequests {
    private static final int MOST_IDS = 128;
    private static final int MOST_ID_BYTES = 128;
    private static final String OTHERS = "__other__";

    private final Map<String, LongAdder> byId = new ConcurrentHashMap<>();
    private final LongAdder others = new LongAdder();

    void count(String id) {
        LongAdder known = byId.get(id);
        (known == null ? first(id) : known).increment();
    }

    private LongAdder first(String id) {
        if (id.getBytes(StandardCharsets.UTF_8).length > MOST_ID_BYTES) {
            return others;
        }
        synchronized (byId) {
            return byId.size() < MOST_IDS
                    ? byId.computeIfAbsent(id, absent -> new LongAdder())
                    : byId.getOrDefault(id, others);
        }
    }

    /** The counts by id. */
    Map<String, Long> snapshot() {
        Map<String, Long> requests = new TreeMap<>();
        byId.forEach((id, count) -> requests.put(id, count.sum()));
        if (others.sum() > 0) {
            requests.merge(OTHERS, others.sum(), Long::sum);
        }
        return requests;
    }
}
