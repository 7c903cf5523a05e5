package dev.llmsim.synth;

import dev.llmsim.provider.simulation.Store;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** The store of one session, in memory: beyond so many entries or bytes, what was least recently used goes. */
final class SessionStore implements Store {
    static final int MAX_ENTRIES = 20_000;
    static final long MAX_BYTES = 64L << 20;

    private final int maxEntries;
    private final long maxBytes;
    private final Map<String, Entry> entries = new LinkedHashMap<>(16, 0.75f, true);
    private final Kept kept;
    private long bytes;
    private boolean closed;

    private record Entry(Object value, long bytes) {}

    SessionStore(int maxEntries, long maxBytes) {
        this(maxEntries, maxBytes, new Kept());
    }

    /** @param kept told of what comes and goes */
    SessionStore(int maxEntries, long maxBytes, Kept kept) {
        this.maxEntries = maxEntries;
        this.maxBytes = maxBytes;
        this.kept = kept;
    }

    /** Forgets everything, and keeps nothing more. */
    synchronized void close() {
        entries.clear();
        count(-bytes);
        closed = true;
    }

    private void count(long more) {
        bytes += more;
        kept.add(more);
    }

    @Override
    public synchronized void put(String key, Object value, long valueBytes) {
        if (valueBytes < 0) {
            throw new IllegalArgumentException("bytes: " + valueBytes + " (expected: 0 or more)");
        }
        if (closed) {
            return;
        }
        remove(key);
        entries.put(key, new Entry(value, valueBytes));
        count(valueBytes);
        Iterator<Entry> eldest = entries.values().iterator();
        while (eldest.hasNext() && (entries.size() > maxEntries || bytes > maxBytes)) {
            count(-eldest.next().bytes());
            eldest.remove();
        }
    }

    @Override
    public synchronized <T> Optional<T> find(String key, Class<T> type) {
        Entry entry = entries.get(key);
        return entry != null && type.isInstance(entry.value())
                ? Optional.of(type.cast(entry.value()))
                : Optional.empty();
    }

    @Override
    public synchronized <T> Optional<T> update(String key, Class<T> type, UnaryOperator<T> change) {
        Entry entry = entries.get(key);
        if (entry == null || !type.isInstance(entry.value())) {
            return Optional.empty();
        }
        T changed = change.apply(type.cast(entry.value()));
        entries.put(key, new Entry(changed, entry.bytes()));
        return Optional.of(changed);
    }

    @Override
    public synchronized boolean remove(String key) {
        Entry removed = entries.remove(key);
        count(removed == null ? 0 : -removed.bytes());
        return removed != null;
    }
}
