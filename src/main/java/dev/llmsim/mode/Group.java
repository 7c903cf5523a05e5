package dev.llmsim.mode;

/** The recordings of one key, growing. Thread-safe. */
final class Group {
    private volatile Repeats repeats;

    Group(int cassetteRank, Entry entry) {
        this.repeats = Repeats.of(cassetteRank, entry);
    }

    synchronized void add(int cassetteRank, Entry entry) {
        repeats = repeats.and(cassetteRank, entry);
    }

    Repeats repeats() {
        return repeats;
    }
}
