package dev.llmsim.recorder;

import dev.llmsim.exchange.LlmSimException;
import dev.llmsim.store.Tape;
import dev.llmsim.store.TapeChange;
import dev.llmsim.store.TapeEntry;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
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
    private static final int GROUP_ROWS = 500;
    private static final long GROUP_BYTES = 8L << 20;
    private static final long GROUP_NANOS = 25_000_000;
    private static final int MAX_FAILURES_IN_A_ROW = 2;

    private final Tape tape;
    private final Darkroom darkroom;
    private final BlockingQueue<Job> queue;
    private final Budget budget;
    private final Tally tally;
    private final RecorderListener listener;
    private final ProofQueue unproved = new ProofQueue();
    private final Set<Long> open = new LinkedHashSet<>();
    private final List<Group.Pending> proved = new ArrayList<>();
    private List<TapeChange> successions = new ArrayList<>();
    private boolean unwritable;
    private boolean stopped;
    private boolean outOfOrder;
    private long lastSealedRow;
    private volatile boolean hurried;

    /** What the loop shares with the event loops. */
    record Shared(BlockingQueue<Job> queue, Budget budget, Tally tally) {}

    RecorderLoop(Tape tape, Darkroom darkroom, Shared shared, RecorderListener listener) {
        this.tape = tape;
        this.darkroom = darkroom;
        this.queue = shared.queue();
        this.budget = shared.budget();
        this.tally = shared.tally();
        this.listener = listener;
    }

    /** From now on exchanges that wait are given up instead of developed. */
    void hurry() {
        hurried = true;
    }

    @Override
    public void run() {
        while (!stopped) {
            try {
                Group group = gather(next());
                budget.release(group.heldBytes() - commit(group));
                settle();
                proveWhile(unproved::isFull);
            } catch (InterruptedException e) {
                LOG.debug("the recorder's thread goes on: it ends when the recorder is closed");
            }
        }
        proveWhile(() -> !unproved.isEmpty());
        writeSuccessions();
        if (outOfOrder) {
            settleIds();
        }
    }

    private Job next() throws InterruptedException {
        Job next = queue.poll();
        while (next == null && !unproved.isEmpty()) {
            proveSlice();
            settle();
            next = queue.poll();
        }
        if (next == null) {
            writeSuccessions();
        }
        return next == null ? queue.take() : next;
    }

    /** The next job that comes before {@code dueNanos}; meanwhile, proves. */
    private @Nullable Job nextBefore(long dueNanos) throws InterruptedException {
        Job next = null;
        long leftNanos = dueNanos - System.nanoTime();
        while (next == null && leftNanos > 0) {
            next = unproved.isEmpty() ? queue.poll(leftNanos, TimeUnit.NANOSECONDS) : queue.poll();
            if (next == null && !unproved.isEmpty()) {
                proveSlice();
            }
            leftNanos = dueNanos - System.nanoTime();
        }
        return next;
    }

    private void proveWhile(BooleanSupplier condition) {
        while (condition.getAsBoolean()) {
            proveSlice();
            settle();
        }
    }

    /** Decides what gives way to the proved. Never while a group is gathered: what has entered has to be on the tape. */
    private void settle() {
        for (Group.Pending pending : proved) {
            try {
                successions.addAll(darkroom.succession().proved(pending));
            } catch (LlmSimException e) {
                LOG.warn(
                        "earlier recordings stay beside {}: {}",
                        pending.seal().recording().id(),
                        e.getMessage());
            }
        }
        proved.clear();
    }

    /** Usually they ride on the next commit: this is for when none is in sight. */
    private void writeSuccessions() {
        if (!successions.isEmpty() && write(successions) == null) {
            successions = new ArrayList<>();
        }
    }

    private void settleIds() {
        try {
            tape.write(darkroom.renames());
        } catch (LlmSimException e) {
            LOG.warn("ids of equal requests may be out of order: {}", e.getMessage());
        }
    }

    private Group gather(Job first) throws InterruptedException {
        Gatherer gatherer = new Gatherer();
        Group group = gatherer.group;
        long dueNanos = System.nanoTime() + GROUP_NANOS;
        Job next = first;
        while (next != null) {
            next.doWith(gatherer);
            boolean full = stopped || group.size() >= GROUP_ROWS || group.heldBytes() >= GROUP_BYTES;
            next = full ? null : nextBefore(dueNanos);
        }
        return group;
    }

    /** Brings each job into one group. */
    private final class Gatherer implements Job.Worker {
        private final Group group = new Group();

        @Override
        public void begun(Job.Begun job) {
            open.add(job.row());
            group.begin(job);
        }

        @Override
        public void ended(Job.Ended job) {
            group.hold(job.heldBytes());
            develop(group, job);
        }

        @Override
        public void givenUp(Job.GivenUp job) {
            abandon(group, job.row(), job.reason());
        }

        @Override
        public void stop() {
            stopped = true;
            String reason = "the recorder was closed before the exchange ended";
            open.forEach(row -> group.add(new TapeChange.Abandon(row, reason)));
        }
    }

    private void abandon(Group group, long row, String reason) {
        open.remove(row);
        group.add(new TapeChange.Abandon(row, reason));
        LOG.warn("an exchange is not kept: {}", reason);
        givenUp("row " + row + ": " + reason);
    }

    private void develop(Group group, Job.Ended job) {
        if (hurried) {
            abandon(group, job.row(), "the recorder was closed before it had come to this exchange");
            return;
        }
        try {
            Optional<Group.Pending> pending = darkroom.develop(job);
            boolean begunHere = group.removeBegin(job.row());
            open.remove(job.row());
            if (pending.isPresent()) {
                group.add(pending.get());
                return;
            }
            tally.notKept();
            if (!begunHere) {
                group.add(new TapeChange.Delete(job.row()));
            }
        } catch (RuntimeException | OutOfMemoryError | StackOverflowError e) {
            String reason = "it could not be developed: " + Darkroom.reason(e);
            LOG.warn("an exchange is not kept: {}", reason);
            abandon(group, job.row(), reason);
        }
    }

    /** Returns how many bytes of the group are still held, by recordings that wait for their proof. */
    private long commit(Group group) {
        Group.Item first = new Group.Item(successions, null);
        List<Group.Item> items = group.items(darkroom::begin);
        if (!successions.isEmpty()) {
            items.add(0, first);
        }
        List<TapeChange> changes = new ArrayList<>();
        items.forEach(item -> changes.addAll(item.changes()));
        if (changes.isEmpty()) {
            return 0;
        }
        LlmSimException failure = write(changes);
        List<Group.Item> written = failure == null ? items : commitOneByOne(items, failure);
        if (written.contains(first)) {
            successions = new ArrayList<>();
        }
        return report(written);
    }

    /** Writes what can be written when the group could not: one exchange must not take its neighbours along. */
    private List<Group.Item> commitOneByOne(List<Group.Item> items, LlmSimException first) {
        List<Group.Item> written = new ArrayList<>();
        List<TapeChange> lost = new ArrayList<>();
        LlmSimException failure = first;
        int failuresInARow = items.size() == 1 ? MAX_FAILURES_IN_A_ROW : 0;
        for (Group.Item item : items) {
            LlmSimException now = failuresInARow >= MAX_FAILURES_IN_A_ROW ? failure : write(item.changes());
            if (now == null) {
                failuresInARow = 0;
                written.add(item);
            } else {
                failuresInARow++;
                failure = now;
                lost.addAll(lose(item, now));
            }
        }
        listLost(lost);
        return written;
    }

    /** Counts a recording that could not be written, and returns what would list it as unfinished. */
    private List<TapeChange> lose(Group.Item item, LlmSimException failure) {
        if (!unwritable) {
            unwritable = true;
            LOG.error("an exchange is not kept: {}", failure.getMessage());
        }
        Group.Pending pending = item.pendingOrNull();
        if (pending == null) {
            return List.of();
        }
        darkroom.succession().leave(pending);
        givenUp(pending.seal().recording().id() + ": " + failure.getMessage());
        return darkroom.unfinished(pending.seal(), String.valueOf(failure.getMessage()));
    }

    /** There may be room for these small rows although there was none for what they stand for; if not, they are only counted. */
    private void listLost(List<TapeChange> lost) {
        if (!lost.isEmpty() && write(lost) != null) {
            LOG.debug("{} lost exchanges are not on the tape, not even as unfinished", lost.size() / 3);
        }
    }

    private @Nullable LlmSimException write(List<TapeChange> changes) {
        try {
            tape.write(changes);
            if (unwritable) {
                unwritable = false;
                LOG.warn("the tape can be written again");
            }
            return null;
        } catch (LlmSimException e) {
            return e;
        }
    }

    private long report(List<Group.Item> written) {
        long nowNanos = System.nanoTime();
        long heldBytes = 0;
        for (Group.Item item : written) {
            Group.Pending pending = item.pendingOrNull();
            if (pending != null) {
                durable(pending, Math.max(0, nowNanos - pending.ended().atNanos()) / 1000);
                unproved.add(pending);
                heldBytes += pending.ended().heldBytes();
            }
        }
        return heldBytes;
    }

    private void durable(Group.Pending pending, long lagMicros) {
        outOfOrder |= pending.seal().row() < lastSealedRow;
        lastSealedRow = pending.seal().row();
        tally.sealed(lagMicros);
        tell(() -> listener.durable(new DurableRecording(TapeEntry.of(pending.seal()), lagMicros)));
    }

    private void proveSlice() {
        List<Group.Pending> slice = unproved.takeSlice();
        Set<Group.Pending> flawed = Collections.newSetFromMap(new IdentityHashMap<>());
        darkroom.prove(slice, (pending, flaw) -> {
            flawed.add(pending);
            flawed(pending, flaw);
        });
        for (Group.Pending pending : slice) {
            budget.release(pending.ended().heldBytes());
            if (!flawed.contains(pending)) {
                proved.add(pending);
                tell(() -> listener.proved(TapeEntry.of(pending.seal())));
            }
        }
    }

    private void flawed(Group.Pending pending, String flaw) {
        TapeEntry entry =
                TapeEntry.of(pending.seal()).withId(darkroom.succession().flawed(pending));
        LOG.warn("recording {} would not replay: {}", entry.id(), flaw);
        tally.flawed(entry.id() + ": " + flaw);
        write(List.of(new TapeChange.Flaw(entry.row(), flaw)));
        tell(() -> listener.flawed(entry, flaw));
    }

    /** An exchange is not taken because too many wait. Called on any thread. */
    void overrun(String remark) {
        LOG.warn("an exchange is not kept: {}", remark);
        givenUp(remark);
    }

    private void givenUp(String remark) {
        tally.givenUp(remark);
        tell(() -> listener.givenUp(remark));
    }

    private static void tell(Runnable event) {
        try {
            event.run();
        } catch (RuntimeException e) {
            LOG.warn("a listener failed: {}", Darkroom.reason(e));
        }
    }
}
