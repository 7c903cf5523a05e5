package dev.llmsim.recorder;

import dev.llmsim.recorder.CommitGroup.Pending;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * The durable recordings that wait for their proof. A commit is due and a proof is not: so they are proved while nothing waits for
 * a commit, or when too many of them wait. Not thread-safe.
 */
final class ProofQueue {
    private static final int MAX_ROWS = 1000;
    private static final long MAX_BYTES = 4L << 20;
    private static final int SLICE_ROWS = 50;
    private static final long SLICE_BYTES = 1L << 20;

    private final Deque<Pending> waiting = new ArrayDeque<>();
    private long heldBytes;

    void add(Pending pending) {
        waiting.add(pending);
        heldBytes += pending.ended().heldBytes();
    }

    boolean isEmpty() {
        return waiting.isEmpty();
    }

    boolean isFull() {
        return waiting.size() > MAX_ROWS || heldBytes > MAX_BYTES;
    }

    /** Takes the next few, at least one where there is one: so few that a commit need not wait long for them. */
    List<Pending> takeSlice() {
        List<Pending> slice = new ArrayList<>();
        long bytes = 0;
        while (!waiting.isEmpty() && slice.size() < SLICE_ROWS && bytes < SLICE_BYTES) {
            Pending next = waiting.remove();
            bytes += next.ended().heldBytes();
            slice.add(next);
        }
        heldBytes -= bytes;
        return slice;
    }
}
