package dev.llmsim.synth.script;

import dev.llmsim.provider.conversation.Prompt;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;

/**
 * How far one session is in a script. Thread-safe: each request takes one turn, and no two take the same.
 *
 * <p>A request sees only the turns that are for it, as if the script held no others: the first of them that is not used up
 * answers. Where all of them are used up, {@link OnExhausted} says what happens; where there are none, the script has no say.
 */
public final class ScriptCursor {
    private final Script script;
    private final BitSet unconditional = new BitSet();
    private final BitSet used = new BitSet();
    private int taken;

    /** What a script has for a request. */
    public sealed interface Taken {
        /**
         * A turn.
         *
         * @param number how many turns were taken before it, repetitions included
         */
        record Next(Turn turn, int number) implements Taken {}

        /** An error: every turn is used up. */
        record Exhausted() implements Taken {}
    }

    public ScriptCursor(Script script) {
        this.script = script;
        for (int i = 0; i < script.turns().size(); i++) {
            unconditional.set(i, script.turns().get(i).condition().isAlways());
        }
    }

    /** Takes the turn that answers {@code prompt}; empty where none is for it. */
    public Optional<Taken> take(Prompt prompt) {
        BitSet meant = meant(prompt);
        return meant.isEmpty() ? Optional.empty() : Optional.of(take(meant));
    }

    /** How many turns were taken, repetitions included. */
    public synchronized int taken() {
        return taken;
    }

    /** How many turns have never been taken, or not since the script began anew. */
    public synchronized int left() {
        return script.turns().size() - used.cardinality();
    }

    private BitSet meant(Prompt prompt) {
        List<Turn> turns = script.turns();
        BitSet meant = (BitSet) unconditional.clone();
        for (int i = meant.nextClearBit(0); i < turns.size(); i = meant.nextClearBit(i + 1)) {
            if (turns.get(i).condition().holds(prompt)) {
                meant.set(i);
            }
        }
        return meant;
    }

    private synchronized Taken take(BitSet meant) {
        int next = firstUnused(meant);
        if (next < 0) {
            switch (script.onExhausted()) {
                case ERROR -> {
                    return new Taken.Exhausted();
                }
                case REPEAT_LAST -> next = meant.length() - 1;
                case LOOP -> {
                    used.andNot(meant);
                    next = meant.nextSetBit(0);
                }
            }
        }
        used.set(next);
        return new Taken.Next(script.turns().get(next), taken++);
    }

    private int firstUnused(BitSet meant) {
        BitSet unused = (BitSet) meant.clone();
        unused.andNot(used);
        return unused.nextSetBit(0);
    }
}
