package dev.llmsim.bench;

import java.io.IOException;

/** Measurements that belong together. */
interface Family {
    /** What {@code --only} calls it. */
    String name();

    /**
     * Starts what it needs, measures it and ends it.
     *
     * @throws IllegalStateException where an answer was lost or wrong
     */
    Table measure(Bed bed) throws IOException, InterruptedException;
}
