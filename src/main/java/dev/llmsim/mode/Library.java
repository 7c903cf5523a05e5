package dev.llmsim.mode;

import dev.llmsim.exchange.Key;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * All recordings that a mode may answer with. The first cassette that holds a key answers for it, in the order of the
 * sources and, within one, in the order it names them. Thread-safe; recordings can be added while others are looked up.
 */
public final class Library {
    private final Mode mode;
    private final RecordingIndex index;
    /** Recordings that are not served, because they would not replay as they were sent. */
    private final RecordingIndex flawed = new RecordingIndex();

    private final Map<String, Integer> rankByCassette = new ConcurrentHashMap<>();
    private final AtomicInteger nextRank = new AtomicInteger();
    private final Map<String, Deque<Entry>> entriesByMethodAndPath = new ConcurrentHashMap<>();
    private final AtomicInteger count = new AtomicInteger();
    private final Set<String> upstreams = ConcurrentHashMap.newKeySet();
    private volatile boolean hasExactKeys;
    private volatile boolean hasUnknownHeaders;

    /** The library of {@code mode} over {@code sources}, read here and now; what the mode does not serve is left out. */
    public static Library of(Mode mode, List<RecordingSource> sources) {
        Library library = new Library(mode, new RecordingIndex());
        sources.forEach(library::addAll);
        return library;
    }

    Library(Mode mode, RecordingIndex index) {
        this.mode = mode;
        this.index = index;
    }

    /** Adds all of {@code source}; its cassettes answer after those that are there, even if they have the same names. */
    private void addAll(RecordingSource source) {
        rankByCassette.clear();
        source.entries().forEach(this::add);
    }

    /** Adds a recording that was just sealed, behind the others of its cassette, if this mode serves it. */
    public void add(Entry entry) {
        if (!entry.outcome().isServedBy(mode)) {
            if (entry.outcome().flaw().isPresent()) {
                flawed.add(0, entry);
            }
            return;
        }
        int rank = rankByCassette.computeIfAbsent(entry.cassette(), name -> nextRank.getAndIncrement());
        if (entry.keys().exact().isPresent()) {
            hasExactKeys = true;
        }
        if (!entry.keys().headersKnown()) {
            hasUnknownHeaders = true;
        }
        entriesByMethodAndPath
                .computeIfAbsent(entry.methodAndPath(), line -> new ConcurrentLinkedDeque<>())
                .addFirst(entry);
        upstreams.add(entry.keys().upstream());
        index.add(rank, entry);
        count.incrementAndGet();
    }

    public int size() {
        return count.get();
    }

    /** The names of the upstreams that these recordings are of, and the origins of those without a name. */
    public Set<String> upstreams() {
        return Set.copyOf(upstreams);
    }

    /** The recordings of one method and path, those added last first; then all others. */
    public Stream<Entry> nearest(String methodAndPath) {
        Stream<Entry> same = entriesByMethodAndPath.getOrDefault(methodAndPath, new ConcurrentLinkedDeque<>()).stream();
        Stream<Entry> others = entriesByMethodAndPath.entrySet().stream()
                .filter(line -> !line.getKey().equals(methodAndPath))
                .flatMap(line -> line.getValue().stream());
        return Stream.concat(same, others);
    }

    boolean hasExactKeys() {
        return hasExactKeys;
    }

    boolean hasUnknownHeaders() {
        return hasUnknownHeaders;
    }

    Optional<Group> find(Key content) {
        return index.find(content);
    }

    Optional<Group> findFlawed(Key content) {
        return flawed.find(content);
    }

    @Nullable
    Key contentOf(Key exact) {
        return index.contentOf(exact);
    }
}
