package dev.llmsim.synth;

import java.util.concurrent.atomic.AtomicLong;

/** What the simulator remembers of one session: its seed, how often it was asked, what the prompt cache holds, what surfaces keep. */
public final class SynthState {
    private final Seed seed;
    private final AtomicLong calls = new AtomicLong();
    private final PromptCache cache = new PromptCache();
    private final SessionStore store = new SessionStore(SessionStore.MAX_ENTRIES, SessionStore.MAX_BYTES);

    public SynthState(long seed) {
        this.seed = new Seed(seed);
    }

    Seed seed() {
        return seed;
    }

    /** The number of this call: 1 for the first. */
    long nextCall() {
        return calls.incrementAndGet();
    }

    PromptCache cache() {
        return cache;
    }

    SessionStore store() {
        return store;
    }
}
