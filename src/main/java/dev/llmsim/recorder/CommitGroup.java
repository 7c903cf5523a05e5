package dev.llmsim.recorder;

import dev.llmsim.exchange.Key;
import dev.llmsim.exchange.RawExchange;
import dev.llmsim.store.TapeChange;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What goes to the tape in one commit, while it is gathered. */
final class CommitGroup {
    /**
     * A recording that waits for its commit, and then for its proof.
     *
     * @param idStem what its id begins with
     * @param mayReplace whether the recordings that the cassette held for its key before may go once this one is proved
     * @param ended the end of the exchange, with the bytes that it holds
     */
    record Pending(TapeChange.Seal seal, RawExchange raw, String idStem, boolean mayReplace, Job.Ended ended) {
        /** What an equal request to the same upstream has, too. */
        Key key() {
            return seal.keys().content().at(seal.recording().request().upstream());
        }
    }

    /**
     * Changes that belong together.
     *
     * @param pendingOrNull the recording that they make, if they make one
     */
    record Item(List<TapeChange> changes, @Nullable Pending pendingOrNull) {}

    private final Map<Long, Job.Begun> begun = new LinkedHashMap<>();
    private final List<Item> ends = new ArrayList<>();
    private long heldBytes;

    void begin(Job.Begun job) {
        begun.put(job.row(), job);
    }

    void add(TapeChange change) {
        ends.add(new Item(List.of(change), null));
    }

    void add(Pending pending) {
        ends.add(new Item(List.of(pending.seal()), pending));
    }

    /** Takes back the beginning of an exchange that has ended in the same group: whether it was here. */
    boolean removeBegin(long row) {
        return begun.remove(row) != null;
    }

    /** Bytes that are given back to the budget when this group is done with. */
    void hold(long bytes) {
        heldBytes += bytes;
    }

    long heldBytes() {
        return heldBytes;
    }

    int size() {
        return begun.size() + ends.size();
    }

    /** Beginnings first: what ends them comes behind. */
    List<Item> items(Function<Job.Begun, TapeChange.Begin> beginning) {
        List<Item> items = new ArrayList<>();
        begun.values().forEach(job -> items.add(new Item(List.of(beginning.apply(job)), null)));
        items.addAll(ends);
        return items;
    }
}
