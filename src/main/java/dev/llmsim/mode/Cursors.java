package dev.llmsim.mode;

import dev.llmsim.exchange.Key;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicInteger;

/** How far one session has come in the repeats of each key. Thread-safe. */
final class Cursors {
    private final ConcurrentMap<Key, AtomicInteger> servedByKey = new ConcurrentHashMap<>();

    /** The next of {@code repeats} for {@code key}: each once, in order, then the last again and again. */
    Entry next(Key key, Repeats repeats) {
        int count = repeats.count();
        AtomicInteger served = servedByKey.get(key);
        if (served == null) {
            served = servedByKey.computeIfAbsent(key, first -> new AtomicInteger());
        }
        int before = served.getAndUpdate(n -> n < count ? n + 1 : n);
        return repeats.at(Math.min(before, count - 1));
    }
}
