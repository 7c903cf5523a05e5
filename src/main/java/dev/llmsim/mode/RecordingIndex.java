package dev.llmsim.mode;

import dev.llmsim.exchange.Key;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;

/** Recordings by key. Thread-safe; a look-up is one map access, whatever the size. */
final class RecordingIndex {
    private final ConcurrentMap<Key, Repeats> repeatsByContent;
    private final ConcurrentMap<Key, Key> contentByExact;

    RecordingIndex() {
        this(new ConcurrentHashMap<>(), new ConcurrentHashMap<>());
    }

    /** @param contentByExact a short cut: the content key that goes with an exact key, both at an upstream */
    RecordingIndex(ConcurrentMap<Key, Repeats> repeatsByContent, ConcurrentMap<Key, Key> contentByExact) {
        this.repeatsByContent = repeatsByContent;
        this.contentByExact = contentByExact;
    }

    /** Adds a recording behind those of its keys that are there. */
    void add(int cassetteRank, Entry entry) {
        EntryKeys keys = entry.keys();
        put(keys.atUpstream(), cassetteRank, entry);
        keys.atOrigin().filter(key -> !key.equals(keys.atUpstream())).ifPresent(key -> put(key, cassetteRank, entry));
        keys.exact().ifPresent(exact -> contentByExact.put(exact.at(keys.upstream()), keys.atUpstream()));
    }

    Optional<Repeats> find(Key content) {
        return Optional.ofNullable(repeatsByContent.get(content));
    }

    /** The content key of the requests that have this exact key. */
    @Nullable
    Key contentOf(Key exact) {
        return contentByExact.get(exact);
    }

    private void put(Key content, int cassetteRank, Entry entry) {
        repeatsByContent.compute(
                content,
                (key, there) -> there == null ? Repeats.of(cassetteRank, entry) : there.and(cassetteRank, entry));
    }
}
