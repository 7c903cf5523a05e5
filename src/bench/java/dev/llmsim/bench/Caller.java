package dev.llmsim.bench;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.ReferenceCountUtil;
import org.jspecify.annotations.Nullable;

/** One connection of a load client: sends a request, reads its answer, and asks the workload for the next. */
final class Caller extends ChannelInboundHandlerAdapter {
    private final Workload workload;
    private final AnswerReader answer = new AnswerReader();
    private long sentNanos;
    private boolean waits;

    Caller(Workload workload) {
        this.workload = workload;
    }

    /** Sends the next request, or closes the connection where there is none. */
    void next(ChannelHandlerContext ctx) {
        long nowNanos = System.nanoTime();
        @Nullable ByteBuf request = workload.next(nowNanos);
        if (request == null) {
            var unused = ctx.close();
            return;
        }
        waits = true;
        answer.expect();
        sentNanos = nowNanos;
        var unused = ctx.writeAndFlush(request.retainedDuplicate(), ctx.voidPromise());
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        long nowNanos = System.nanoTime();
        try {
            if (!waits) {
                throw new IllegalStateException("bytes that nobody asked for");
            }
            if (answer.read((ByteBuf) message, nowNanos)) {
                waits = false;
                workload.answered(answer, sentNanos, nowNanos);
                next(ctx);
            }
        } catch (RuntimeException broken) {
            fail(ctx, String.valueOf(broken.getMessage()));
        } finally {
            ReferenceCountUtil.release(message);
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        if (waits) {
            fail(ctx, "the connection ended before the answer");
        }
        ctx.fireChannelInactive();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        fail(ctx, cause.toString());
    }

    private void fail(ChannelHandlerContext ctx, String reason) {
        waits = false;
        workload.failed(reason);
        var unused = ctx.close();
    }
}
