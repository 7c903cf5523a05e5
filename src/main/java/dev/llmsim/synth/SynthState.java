package dev.llmsim.synth;

import dev.llmsim.synth.limits.Buckets;
import java.util.concurrent.atomic.AtomicLong;

/** What the simulator remembers of one session: its seed, how often it was asked, what the prompt cache holds, what is left of limits. */
public final class SynthState {
    private final Seed seed;
    private final AtomicLong calls = new AtomicLong();
    private final AtomicLong rolls = new AtomicLong();
    private final PromptCache cache = new PromptCache();
    private final Buckets buckets = new Buckets();

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

    /** How often it was asked so far. */
    public long calls() {
        return calls.get();
    }

    /** What decides about the error of one request: the n-th seed for the n-th request that may get one. */
    Seed nextRoll() {
        return seed.of("errors").of(rolls.incrementAndGet());
    }

    Buckets buckets() {
        return buckets;
    }

    PromptCache cache() {
        return cache;
    }
}
