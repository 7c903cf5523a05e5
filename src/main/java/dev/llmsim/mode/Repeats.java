package dev.llmsim.mode;

import java.util.Arrays;

/**
 * The recordings of one key at one moment, all of one cassette, in recorded order. Immutable to its readers: an addition
 * makes a new one, which may share the array, because it writes only behind the old one's end. Only the newest is added to.
 */
final class Repeats {
    private final int cassetteRank;
    private final Entry[] entries;
    private final int count;

    private Repeats(int cassetteRank, Entry[] entries, int count) {
        this.cassetteRank = cassetteRank;
        this.entries = entries;
        this.count = count;
    }

    static Repeats of(int cassetteRank, Entry entry) {
        return new Repeats(cassetteRank, new Entry[] {entry}, 1);
    }

    /** These and {@code entry}; or only the ones of the cassette that answers first, where theirs differ. */
    Repeats and(int rank, Entry entry) {
        if (rank != cassetteRank) {
            return rank < cassetteRank ? of(rank, entry) : this;
        }
        Entry[] grown = count < entries.length ? entries : Arrays.copyOf(entries, count * 2);
        grown[count] = entry;
        return new Repeats(rank, grown, count + 1);
    }

    int count() {
        return count;
    }

    Entry last() {
        return entries[count - 1];
    }

    Entry at(int index) {
        return entries[index];
    }
}
