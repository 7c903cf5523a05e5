package dev.llmsim.synth;

import dev.llmsim.synth.script.Script;
import dev.llmsim.synth.script.ScriptCursor;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** What the simulator remembers of one session: its seed, how often it was asked, what the prompt cache holds, how far its script is. */
public final class SynthState {
    private final Seed seed;
    private final AtomicLong calls = new AtomicLong();
    private final PromptCache cache = new PromptCache();
    private @Nullable ScriptCursor script;

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
}
