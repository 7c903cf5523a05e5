package dev.llmsim.synth;

import dev.llmsim.synth.limits.Buckets;
import dev.llmsim.synth.script.Script;
import dev.llmsim.synth.script.ScriptCursor;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * What the simulator remembers of one session: its seed, how often it was asked, how far its script is, what the prompt cache holds,
 * what surfaces keep, what is left of limits.
 */
public final class SynthState {
    private final Seed seed;
    private final AtomicLong calls = new AtomicLong();
    private final AtomicLong rolls = new AtomicLong();
    private final PromptCache cache;
    private final Buckets buckets = new Buckets();
    private @Nullable ScriptCursor script;
    private final SessionStore store;

    public SynthState(long seed) {
        this(seed, new Kept());
    }

    /** @param kept counts what this session keeps, among others */
    public SynthState(long seed, Kept kept) {
        this.seed = new Seed(seed);
        this.cache = new PromptCache(kept);
        this.store = new SessionStore(SessionStore.MAX_ENTRIES, SessionStore.MAX_BYTES, kept);
    }

    /** Keeps nothing of what was stored and cached, now and from now on: the session is forgotten. */
    public void close() {
        cache.close();
        store.close();
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

    /** Answers this session with {@code newScript} from now on, from its first turn. */
    public synchronized void play(Script newScript) {
        script = new ScriptCursor(newScript);
    }

    /** Where this session is in its own script, or in that of {@code settings}; empty where there is neither. */
    synchronized Optional<ScriptCursor> script(SynthSettings settings) {
        if (script == null) {
            settings.script().ifPresent(this::play);
        }
        return Optional.ofNullable(script);
    }

    PromptCache cache() {
        return cache;
    }

    SessionStore store() {
        return store;
    }
}
