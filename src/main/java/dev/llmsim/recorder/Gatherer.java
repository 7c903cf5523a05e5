package dev.llmsim.recorder;

import dev.llmsim.recorder.CommitGroup.Pending;
import dev.llmsim.store.TapeChange;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Brings jobs into groups, each of which becomes one commit. Lives on the recorder's thread. */
final class Gatherer implements Job.Worker {
    private static final Logger LOG = LoggerFactory.getLogger(Gatherer.class);
    private static final int GROUP_ROWS = 500;
    private static final long GROUP_BYTES = 8L << 20;

    private final Darkroom darkroom;
    private final Reports reports;
    private final Set<Long> open = new LinkedHashSet<>();
    private CommitGroup group = new CommitGroup();
    private boolean stopped;
    private volatile boolean hurried;

    Gatherer(Darkroom darkroom, Reports reports) {
        this.darkroom = darkroom;
        this.reports = reports;
    }

    /** From now on exchanges that wait are given up instead of developed. Called on any thread. */
    void hurry() {
        hurried = true;
    }

    /** Whether there will be no more jobs. */
    boolean isStopped() {
        return stopped;
    }

    /** Whether the group should not wait for more. */
    boolean isFull() {
        return stopped || group.size() >= GROUP_ROWS || group.heldBytes() >= GROUP_BYTES;
    }

    /** The group so far; the next one begins empty. */
    CommitGroup take() {
        CommitGroup gathered = group;
        group = new CommitGroup();
        return gathered;
    }

    @Override
    public void begun(Job.Begun job) {
        open.add(job.row());
        group.begin(job);
    }

    @Override
    public void ended(Job.Ended job) {
        group.hold(job.heldBytes());
        if (hurried) {
            abandon(job.row(), "the recorder was closed before it had come to this exchange");
            return;
        }
        try {
            develop(job);
        } catch (RuntimeException | OutOfMemoryError | StackOverflowError e) {
            abandon(job.row(), "it could not be developed: " + Darkroom.reason(e));
        }
    }

    private void develop(Job.Ended job) {
        Optional<Pending> pending = darkroom.develop(job);
        boolean begunHere = group.removeBegin(job.row());
        open.remove(job.row());
        if (pending.isPresent()) {
            group.add(pending.get());
            return;
        }
        reports.notKept();
        if (!begunHere) {
            group.add(new TapeChange.Delete(job.row()));
        }
    }

    @Override
    public void givenUp(Job.GivenUp job) {
        abandon(job.row(), job.reason());
    }

    private void abandon(long row, String reason) {
        open.remove(row);
        group.add(new TapeChange.Abandon(row, reason));
        LOG.warn("an exchange is not kept: {}", reason);
        reports.givenUp("row " + row + ": " + reason);
    }

    @Override
    public void stop() {
        stopped = true;
        String reason = "the recorder was closed before the exchange ended";
        open.forEach(row -> group.add(new TapeChange.Abandon(row, reason)));
    }
}
