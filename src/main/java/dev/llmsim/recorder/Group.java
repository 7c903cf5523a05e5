package dev.llmsim.recorder;

import dev.llmsim.exchange.Key;
import dev.llmsim.exchange.RawExchange;
import dev.llmsim.store.TapeChange;
import dev.llmsim.store.TapeEntry;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What goes to the tape in one commit, while it is gathered. */
final class Group {
    /**
     * A recording that waits for its commit.
     *
     * @param replaced what goes in its place
     * @param replacedKeyOrNull the key whose earlier recordings this one replaces; absent where it only appends
     */
    record Pending(
            TapeChange.Seal seal,
            RawExchange raw,
            List<TapeEntry> replaced,
            @Nullable Key replacedKeyOrNull,
            long endedNanos) {}

    /**
     * Changes that belong together.
     *
     * @param pendingOrNull the recording that they make, if they make one
     */
    record Item(List<TapeChange> changes, @Nullable Pending pendingOrNull) {}

    private final List<Item> items = new ArrayList<>();
    private long heldBytes;

    void add(TapeChange change) {
        items.add(new Item(List.of(change), null));
    }

    void add(Pending pending) {
        List<TapeChange> changes = new ArrayList<>();
        pending.replaced().forEach(entry -> changes.add(new TapeChange.Delete(entry.row())));
        changes.add(pending.seal());
        items.add(new Item(changes, pending));
    }

    /** Takes back the beginning of an exchange that has ended in the same group: whether it was here. */
    boolean removeBegin(long row) {
        return items.removeIf(item -> item.changes().get(0) instanceof TapeChange.Begin begin && begin.row() == row);
    }

    /** Bytes that are given back to the budget when this group is done with. */
    void hold(long bytes) {
        heldBytes += bytes;
    }

    long heldBytes() {
        return heldBytes;
    }

    List<Item> items() {
        return items;
    }
}
