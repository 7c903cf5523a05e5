package dev.llmsim.bench;

/** How many answers were lost or wrong, and what was wrong with the first. Not thread-safe. */
final class Failures {
    private long count;
    private String first = "";

    void add(String reason) {
        if (count++ == 0) {
            first = reason;
        }
    }

    long count() {
        return count;
    }

    /** @throws IllegalStateException where there is any: figures of a server that answers wrongly mean nothing */
    void check(String work) {
        if (count > 0) {
            throw new IllegalStateException(
                    work + ": " + count + " answers were lost or wrong (expected: none); the first: " + first);
        }
    }
}
