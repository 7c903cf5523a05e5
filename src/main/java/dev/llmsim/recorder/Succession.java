package dev.llmsim.recorder;

import dev.llmsim.exchange.Key;
import dev.llmsim.store.Keys;
import dev.llmsim.store.Tape;
import dev.llmsim.store.TapeChange;
import dev.llmsim.store.TapeEntry;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Which recordings of a cassette give way to those of this run, and the ids of all: what the cassette held for a key before the run goes once
 * a recording of the run that may replace it is proved, and the run's recordings of that key then take its ids over. Until then both are on the
 * tape, each under an id of its own: neither a recording that would not replay nor the end of the process costs an earlier one. Not thread-safe.
 */
final class Succession {
    private final Tape tape;
    private final String cassette;
    private final long firstRow;
    private final IdsInUse ids;
    private final Set<Key> contentsBefore = new HashSet<>();
    private final Set<Key> settled = new HashSet<>();
    /** By key that is not settled: the ids of this run's recordings that were not found flawed, by row. */
    private final Map<Key, SortedMap<Long, String>> heirs = new HashMap<>();

    /** What recordings are called that got another id before their proof. */
    private final Map<Long, String> renamed = new HashMap<>();

    private final Set<Long> gone = new HashSet<>();

    /** @param firstRow the least row of this run */
    Succession(Tape tape, String cassette, long firstRow) {
        this.tape = tape;
        this.cassette = cassette;
        this.firstRow = firstRow;
        List<TapeEntry> before = tape.entries(cassette);
        this.ids = new IdsInUse(before.stream().map(TapeEntry::id).toList());
        before.forEach(entry -> contentsBefore.add(entry.keys().content()));
    }

    /** The id under which the recording in {@code row} is written. */
    String enter(long row, String upstream, Labels labels) {
        String id = ids.allot(labels.idStem());
        Key key = labels.keys().content().at(upstream);
        if (contentsBefore.contains(labels.keys().content()) && !settled.contains(key)) {
            heirs.computeIfAbsent(key, first -> new TreeMap<>()).put(row, id);
        }
        return id;
    }

    /** A recording that had entered could not be written. */
    void leave(CommitGroup.Pending pending) {
        ids.free(pending.seal().recording().id());
        disinherit(pending);
    }

    /** A recording would not replay: it keeps its id and replaces nothing. Returns that id. */
    String flawed(CommitGroup.Pending pending) {
        disinherit(pending);
        String id = renamed.remove(pending.seal().row());
        return id == null ? pending.seal().recording().id() : id;
    }

    private void disinherit(CommitGroup.Pending pending) {
        heirs.getOrDefault(pending.key(), new TreeMap<>()).remove(pending.seal().row());
    }

    /** What is to be changed now that {@code pending} is proved. To be asked only while all that has entered is on the tape. */
    List<TapeChange> proved(CommitGroup.Pending pending) {
        renamed.remove(pending.seal().row());
        boolean settles = pending.mayReplace()
                && contentsBefore.contains(pending.seal().keys().content())
                && !settled.contains(pending.key());
        return settles ? settle(pending) : List.of();
    }

    private List<TapeChange> settle(CommitGroup.Pending first) {
        List<TapeEntry> earlier = earlier(first);
        settled.add(first.key());
        SortedMap<Long, String> inheriting = heirs.remove(first.key());
        if (earlier.isEmpty() || inheriting == null) {
            return List.of();
        }
        List<TapeChange> changes = new ArrayList<>();
        for (TapeEntry entry : earlier) {
            ids.free(entry.id());
            gone.add(entry.row());
            changes.add(new TapeChange.Delete(entry.row()));
        }
        inheriting.values().forEach(ids::free);
        inheriting.forEach((row, before) -> {
            String id = ids.allot(first.idStem());
            if (!id.equals(before)) {
                renamed.put(row, id);
                changes.add(new TapeChange.Rename(row, id));
            }
        });
        renamed.remove(first.seal().row());
        return changes;
    }

    private List<TapeEntry> earlier(CommitGroup.Pending pending) {
        Keys keys = pending.seal().keys();
        String upstream = pending.seal().recording().request().upstream();
        return tape.entries(cassette, keys.content()).stream()
                .filter(entry ->
                        entry.row() < firstRow && !gone.contains(entry.row()) && isSameUpstream(entry, upstream, keys))
                .toList();
    }

    private static boolean isSameUpstream(TapeEntry entry, String upstream, Keys keys) {
        boolean sameOrigin = keys.origin()
                .filter(origin -> origin.equals(entry.upstream())
                        || origin.equals(entry.keys().originOrNull()))
                .isPresent();
        return sameOrigin || entry.upstream().equals(upstream);
    }
}
