package dev.llmsim.recorder;

import dev.llmsim.exchange.Request;
import dev.llmsim.store.Tape;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes exchanges from the event loops and brings them to the tape. Owns one thread, {@code llmsim-recorder}, which {@link #close} ends;
 * the tape belongs to the caller, who closes it afterwards.
 *
 * <p>Recordings of equal requests keep the order in which the requests began, whichever answer ended first. What is held in memory
 * is bounded: beyond the budget, captures do not take what they are offered. No state of the tape or the disk ever blocks an event loop.
 */
public final class Recorder implements CaptureSource, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Recorder.class);
    private static final Duration DRAIN = Duration.ofSeconds(10);
    private static final Duration GRACE = Duration.ofSeconds(5);

    private final Tape tape;
    private final RecorderSettings settings;
    private final Budget budget;
    private final Tally tally = new Tally();
    private final BlockingQueue<Job> queue = new LinkedBlockingQueue<>();
    private final AtomicBoolean closed = new AtomicBoolean();
    private final Reports reports;
    private final RecorderLoop loop;
    private final Thread thread;

    private Recorder(Tape tape, RecorderSettings settings, RecorderSteps steps, RecorderListener listener) {
        this.tape = tape;
        this.settings = settings;
        this.budget = new Budget(settings.budgetBytes());
        Darkroom darkroom = new Darkroom(tape, settings, steps, tape.nextRow());
        this.reports = new Reports(tally, listener);
        this.loop = new RecorderLoop(tape, darkroom, new RecorderLoop.Shared(queue, budget, reports));
        this.thread = new Thread(loop, "llmsim-recorder");
        thread.setDaemon(true);
    }

    /** A recorder that writes to {@code tape}, which has to be open for writing. */
    public static Recorder start(Tape tape, RecorderSettings settings, RecorderSteps steps, RecorderListener listener) {
        Recorder recorder = new Recorder(tape, settings, steps, listener);
        recorder.thread.start();
        return recorder;
    }

    @Override
    public Capture begin(Request head) {
        if (closed.get()) {
            return new LostCapture();
        }
        tally.begun();
        if (queue.size() >= 2 * settings.queueJobs()) {
            overrun(head.method() + " to " + head.upstream() + ": the recorder is " + queue.size() + " jobs behind");
            return new LostCapture();
        }
        long row = tape.nextRow();
        queue.add(new Job.Begun(row, head, System.currentTimeMillis()));
        return new QueuedCapture(this, row, head);
    }

    private void overrun(String remark) {
        LOG.warn("an exchange is not kept: {}", remark);
        reports.givenUp(remark);
    }

    /** What was done so far. */
    public RecorderSummary summary() {
        return tally.summary();
    }

    /** How many bytes of exchanges are held in memory. */
    public long heldBytes() {
        return budget.heldBytes();
    }

    /** How many jobs wait for the recorder's thread. */
    public int queuedJobs() {
        return queue.size();
    }

    /** Closes with a drain of 10 s. */
    @Override
    public void close() {
        close(DRAIN);
    }

    /**
     * Writes what has ended, for at most {@code drain}, and ends the thread. Exchanges that have not ended, or wait beyond that,
     * stay on the tape as unfinished.
     */
    public RecorderSummary close(Duration drain) {
        if (closed.compareAndSet(false, true)) {
            queue.add(new Job.Stop());
            boolean done = join(drain);
            loop.hurry();
            if (!done && !join(GRACE)) {
                LOG.error("the recorder is stuck and was left: {} jobs wait", queue.size());
            }
            releaseLeftovers();
        }
        return summary();
    }

    /** An exchange that ended while this was being closed may have come behind the last job. */
    private void releaseLeftovers() {
        for (Job job = queue.poll(); job != null; job = queue.poll()) {
            if (job instanceof Job.Ended ended) {
                budget.release(ended.heldBytes());
            }
        }
    }

    private boolean join(Duration time) {
        boolean interrupted = false;
        long endNanos = System.nanoTime() + time.toNanos();
        while (thread.isAlive()) {
            long leftMillis = (endNanos - System.nanoTime()) / 1_000_000;
            if (leftMillis <= 0) {
                break;
            }
            try {
                thread.join(leftMillis);
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        return !thread.isAlive();
    }

    RecorderSettings settings() {
        return settings;
    }

    boolean reserve(long bytes) {
        return queue.size() < settings.queueJobs() && budget.reserve(bytes);
    }

    void release(long bytes) {
        budget.release(bytes);
    }

    void ended(Job.Ended job) {
        if (closed.get()) {
            budget.release(job.heldBytes());
        } else {
            queue.add(job);
        }
    }

    void givenUp(Job.GivenUp job) {
        if (!closed.get()) {
            queue.add(job);
        }
    }
}
