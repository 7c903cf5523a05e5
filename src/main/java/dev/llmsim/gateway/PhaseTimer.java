package dev.llmsim.gateway;

import io.netty.channel.EventLoop;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Calls back when a phase lasts too long. {@link #touch} costs one write: the one scheduled task looks at the deadline when
 * it runs, and goes back to sleep if that has moved. On its loop only.
 */
final class PhaseTimer {
    private final EventLoop loop;
    private final Runnable expired;
    private long limitNanos;
    private long deadlineNanos;
    private boolean armed;
    private @Nullable Future<?> task;

    PhaseTimer(EventLoop loop, Runnable expired) {
        this.loop = loop;
        this.expired = expired;
    }

    /** Begins a phase of at most {@code limit}; replaces the one before. */
    void start(Duration limit) {
        limitNanos = limit.toNanos();
        armed = true;
        touch();
        if (task != null) {
            task.cancel(false);
        }
        schedule(limitNanos);
    }

    /** Begins the present phase anew. */
    void touch() {
        deadlineNanos = System.nanoTime() + limitNanos;
    }

    void stop() {
        armed = false;
        if (task != null) {
            task.cancel(false);
            task = null;
        }
    }

    private void schedule(long delayNanos) {
        task = loop.schedule(this::check, delayNanos, TimeUnit.NANOSECONDS);
    }

    private void check() {
        task = null;
        if (!armed) {
            return;
        }
        long left = deadlineNanos - System.nanoTime();
        if (left > 0) {
            schedule(left);
        } else {
            armed = false;
            expired.run();
        }
    }
}
