package dev.llmsim.gateway.playback;

import dev.llmsim.gateway.connection.Closing;
import dev.llmsim.mode.Origin;
import dev.llmsim.timing.Due;
import dev.llmsim.timing.Playback;
import dev.llmsim.timing.Schedule;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One answer on its way to one client. Lives on the connection's event loop; owns one timer, which it cancels when the
 * answer or the connection ends.
 *
 * <p>The timer keeps running while the client does not read; only the writes wait. So what is late because of the client
 * is not counted as ours, and it leaves as soon as the client reads again.
 */
final class PlaybackStream implements Runnable {
    private final ChannelHandlerContext ctx;
    private final WireAnswer answer;
    private final Origin origin;
    private final Playback playback;
    private final FrameCursor cursor;
    private final long requestEndNanos;
    private final Consumer<Played> whenOver;
    private final ChannelFutureListener closed = future -> closed();

    private @Nullable Future<?> timer;
    private @Nullable ChannelFuture lastWrite;
    private long headNanos = -1;
    private long bodyNanos = -1;
    private boolean waitsForClient;
    private boolean endIsDue;
    private boolean ended;
    private boolean delivered;
    private boolean over;

    PlaybackStream(
            ChannelHandlerContext ctx, Schedule schedule, Origin origin, Start start, Consumer<Played> whenOver) {
        this.ctx = ctx;
        this.answer = WireAnswer.of(schedule, origin, start.asker());
        this.origin = origin;
        this.playback = new Playback(schedule);
        this.cursor = new FrameCursor(schedule.frames());
        this.requestEndNanos = start.requestEndNanos();
        this.whenOver = whenOver;
    }

    /** The client's side of a playback: what it asked, and when its request had ended by the clock of the event loop. */
    record Start(Asker asker, long requestEndNanos) {}

    void start() {
        ctx.channel().closeFuture().addListener(closed);
        if (!over) {
            run();
        }
    }

    /** Serves what is due and sets the timer for what comes next. */
    @Override
    public void run() {
        if (over) {
            return;
        }
        Due due = playback.advance(elapsedNanos());
        if (due.head()) {
            sendHead();
        }
        if (answer.form() != BodyForm.NONE) {
            cursor.dueUpTo(due.toFrame());
        }
        endIsDue |= due.end();
        if (due.nextDueNanos() != Due.NEVER) {
            timer = ctx.executor().schedule(this, due.nextDueNanos() - elapsedNanos(), TimeUnit.NANOSECONDS);
        }
        pump();
    }

    private void sendHead() {
        headNanos = elapsedNanos();
        answer.head().ifPresent(this::write);
    }

    /** Writes what is due as far as the client takes it, in one flush. */
    private void pump() {
        if (over || ended) {
            return;
        }
        while (cursor.hasDue() && clientTakesMore()) {
            write(cursor.take(ctx.alloc()));
            noteBody();
        }
        if (cursor.hasDue()) {
            resumeWhenWritten();
        } else if (endIsDue) {
            ended = true;
            end();
        }
        ctx.flush();
    }

    private void noteBody() {
        if (bodyNanos < 0 && cursor.takenBytes() > 0) {
            bodyNanos = elapsedNanos();
        }
    }

    private boolean clientTakesMore() {
        return ctx.channel().isWritable() || lastWrite == null || lastWrite.isDone();
    }

    private void resumeWhenWritten() {
        if (!waitsForClient && lastWrite != null) {
            waitsForClient = true;
            lastWrite.addListener(written -> {
                waitsForClient = false;
                pump();
            });
        }
    }

    private void end() {
        if (answer.finish() == Finish.NEXT || answer.finish() == Finish.CLOSE) {
            write(answer.end());
        }
        ChannelFuture written = lastWrite == null ? ctx.newSucceededFuture() : lastWrite;
        written.addListener(flushed -> {
            if (flushed.isSuccess()) {
                finish();
            }
        });
    }

    private void finish() {
        delivered = true;
        Channel channel = ctx.channel();
        switch (answer.finish()) {
            case NEXT -> over();
            case CLOSE, TRUNCATE -> ConnectionEnd.fin(channel);
            case RESET -> Closing.RESET.apply(channel);
        }
    }

    private void write(Object message) {
        lastWrite = ctx.write(message).addListener(ChannelFutureListener.CLOSE_ON_FAILURE);
    }

    /** A stream of HTTP/2 closes with its last write, and says so just before that write does. */
    private void closed() {
        ChannelFuture last = lastWrite;
        if (ended && last != null && !last.isDone()) {
            last.addListener(written -> over());
        } else {
            over();
        }
    }

    private void over() {
        if (over) {
            return;
        }
        over = true;
        if (timer != null) {
            timer.cancel(false);
        }
        ctx.channel().closeFuture().removeListener(closed);
        whenOver.accept(new Played(
                origin,
                headNanos < 0 ? 0 : answer.status(),
                headNanos,
                bodyNanos,
                cursor.takenBytes(),
                !delivered,
                delivered && answer.finish() == Finish.NEXT,
                playback.lateness()));
    }

    private long elapsedNanos() {
        return ctx.executor().ticker().nanoTime() - requestEndNanos;
    }
}
