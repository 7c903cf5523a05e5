package dev.llmsim.recorder;

import dev.llmsim.exchange.LlmSimException;
import dev.llmsim.recorder.CommitGroup.Pending;
import dev.llmsim.store.Tape;
import dev.llmsim.store.TapeEntry;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The recorder's thread: gathers what comes from the event loops into groups, commits each and reports it; proves what is durable while
 * nothing waits.
 *
 * <p>A group is closed at 500 rows, 8 MB or 25 ms, whichever is first: commits cost far more than rows, and a commit is due 100 ms after
 * an exchange has ended, which leaves as much again for the commit before it and for its own. Nothing that goes wrong with one exchange,
 * and no state of the disk, ends this thread.
 */
final class RecorderLoop implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(RecorderLoop.class);
    private static final long GROUP_NANOS = 25_000_000;

    private final Tape tape;
    private final Darkroom darkroom;
    private final BlockingQueue<Job> queue;
    private final Budget budget;
    private final Reports reports;
    private final Gatherer gatherer;
    private final Committer committer;
    private final Proving proving;
    private boolean outOfOrder;
    private long lastSealedRow;

    /** What the loop shares with the event loops. */
    record Shared(BlockingQueue<Job> queue, Budget budget, Reports reports) {}

    RecorderLoop(Tape tape, Darkroom darkroom, Shared shared) {
        this.tape = tape;
        this.darkroom = darkroom;
        this.queue = shared.queue();
        this.budget = shared.budget();
        this.reports = shared.reports();
        this.gatherer = new Gatherer(darkroom, reports);
        this.committer = new Committer(tape, darkroom, reports);
        this.proving = new Proving(darkroom, committer, budget, reports);
    }

    /** From now on exchanges that wait are given up instead of developed. Called on any thread. */
    void hurry() {
        gatherer.hurry();
    }

    @Override
    public void run() {
        while (!gatherer.isStopped()) {
            try {
                gather(next());
                commit(gatherer.take());
                proving.settle();
                proving.proveWhile(proving::isBehind);
            } catch (InterruptedException e) {
                LOG.debug("the recorder's thread goes on: it ends when the recorder is closed");
            }
        }
        proving.proveWhile(() -> !proving.isDone());
        committer.writePostponed();
        if (outOfOrder) {
            settleIds();
        }
    }

    /** The next job, to begin a group with; meanwhile, proves. */
    private Job next() throws InterruptedException {
        Job next = queue.poll();
        while (next == null && !proving.isDone()) {
            proving.proveSome();
            proving.settle();
            next = queue.poll();
        }
        if (next == null) {
            committer.writePostponed();
            next = queue.take();
        }
        return next;
    }

    /** The next job that comes before {@code dueNanos}; meanwhile, proves. */
    private @Nullable Job nextBefore(long dueNanos) throws InterruptedException {
        Job next = null;
        long leftNanos = dueNanos - System.nanoTime();
        while (next == null && leftNanos > 0) {
            next = proving.isDone() ? queue.poll(leftNanos, TimeUnit.NANOSECONDS) : queue.poll();
            if (next == null && !proving.isDone()) {
                proving.proveSome();
            }
            leftNanos = dueNanos - System.nanoTime();
        }
        return next;
    }

    private void gather(Job first) throws InterruptedException {
        long dueNanos = System.nanoTime() + GROUP_NANOS;
        Job next = first;
        while (next != null) {
            next.doWith(gatherer);
            next = gatherer.isFull() ? null : nextBefore(dueNanos);
        }
    }

    /** What recordings hold that wait for their proof is held until then. */
    private void commit(CommitGroup group) {
        List<Pending> durable = committer.commit(group);
        long nowNanos = System.nanoTime();
        long heldBytes = 0;
        for (Pending pending : durable) {
            long lagNanos = Math.max(0, nowNanos - pending.ended().atNanos());
            outOfOrder |= pending.seal().row() < lastSealedRow;
            lastSealedRow = pending.seal().row();
            reports.durable(TapeEntry.of(pending.seal()), lagNanos / 1000);
            proving.await(pending);
            heldBytes += pending.ended().heldBytes();
        }
        budget.release(group.heldBytes() - heldBytes);
    }

    private void settleIds() {
        try {
            tape.write(darkroom.renames());
        } catch (LlmSimException e) {
            LOG.warn("ids of equal requests may be out of order: {}", e.getMessage());
        }
    }
}
