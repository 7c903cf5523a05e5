package dev.llmsim.mode;

import dev.llmsim.exchange.Key;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;

/** Recordings by key. Thread-safe; a look-up is one map access, whatever the size. */
final class RecordingIndex {
    private final ConcurrentMap<Key, Group> groupByContent;
    private final ConcurrentMap<Key, Key> contentByExact;

    RecordingIndex() {
        this(new ConcurrentHashMap<>(), new ConcurrentHashMap<>());
    }

    /** @param contentByExact a short cut: the content key that goes with an exact key, both at an upstream */
    RecordingIndex(ConcurrentMap<Key, Group> groupByContent, ConcurrentMap<Key, Key> contentByExact) {
        this.groupByContent = groupByContent;
        this.contentByExact = contentByExact;
    }

    /** Adds a recording behind those of its keys that are there. */
    void add(int cassetteRank, Entry entry) {
        EntryKeys keys = entry.keys();
        put(keys.atUpstream(), cassetteRank, entry);
        keys.atOrigin().filter(key -> !key.equals(keys.atUpstream())).ifPresent(key -> put(key, cassetteRank, entry));
        keys.exact().ifPresent(exact -> contentByExact.put(exact.at(keys.upstream()), keys.atUpstream()));
    }

    Optional<Group> find(Key content) {
        return Optional.ofNullable(groupByContent.get(content));
    }

    /** The content key of the requests that have this exact key. */
    @Nullable
    Key contentOf(Key exact) {
        return contentByExact.get(exact);
    }

    private void put(Key content, int cassetteRank, Entry entry) {
        Group added = new Group(cassetteRank, entry);
        Group there = groupByContent.putIfAbsent(content, added);
        if (there != null) {
            there.add(cassetteRank, entry);
        }
    }
}
