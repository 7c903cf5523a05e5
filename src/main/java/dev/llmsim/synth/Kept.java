package dev.llmsim.synth;

import java.util.concurrent.atomic.AtomicLong;

/** How many bytes the sessions of one gateway keep in all, about. Thread-safe. */
public final class Kept {
    private final AtomicLong bytes = new AtomicLong();

    void add(long more) {
        bytes.addAndGet(more);
    }

    public long bytes() {
        return bytes.get();
    }
}
