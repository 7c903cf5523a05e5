package dev.llmsim.mode;

import dev.llmsim.exchange.Key;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicInteger;

/** How far one session has come in the repeats of each key. Thread-safe. */
final class Cursors {
    private final ConcurrentMap<Key, AtomicInteger> servedByKey = new ConcurrentHashMap<>();

    /** How many keys were asked for at least once. */
    int size() {
        return servedByKey.size();
    }

    /** The next of {@code group}, whose key is {@code key}: each once, in order, then the last again and again. */
    Entry next(Key key, Group group) {
        AtomicInteger served = servedByKey.get(key);
        if (served == null) {
            served = servedByKey.computeIfAbsent(key, first -> new AtomicInteger());
        }
        while (true) {
            // In this order: a group read before its cursor could seem used up although it has grown since.
            int before = served.get();
            Repeats repeats = group.repeats();
            if (before >= repeats.count()) {
                return repeats.last();
            }
            if (served.compareAndSet(before, before + 1)) {
                return repeats.at(before);
            }
        }
    }
}
