package dev.llmsim.gateway;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.EventLoop;
import org.jspecify.annotations.Nullable;

/**
 * Watches how long a client takes: for its next request, for the head once it began, and between two reads of the body.
 * Sits before the decoder, since a slow head is not seen behind it.
 */
final class ClientPatience extends ChannelInboundHandlerAdapter {
    /** What is being waited for. */
    enum Wait {
        NEXT_REQUEST,
        HEAD,
        BODY,
        NOTHING
    }

    /** Is told when patience has ended. */
    @FunctionalInterface
    interface Impatient {
        void tookTooLong(Wait wait);
    }

    private final Timeouts timeouts;
    private final Impatient impatient;
    private @Nullable PhaseTimer timer;
    private Wait wait = Wait.NOTHING;

    ClientPatience(Timeouts timeouts, Impatient impatient) {
        this.timeouts = timeouts;
        this.impatient = impatient;
    }

    private PhaseTimer timer(EventLoop loop) {
        if (timer == null) {
            timer = new PhaseTimer(loop, () -> impatient.tookTooLong(wait));
        }
        return timer;
    }

    void await(Wait next, EventLoop loop) {
        wait = next;
        switch (next) {
            case NEXT_REQUEST -> timer(loop).start(timeouts.keepAlive());
            case HEAD -> timer(loop).start(timeouts.requestHead());
            case BODY -> timer(loop).start(timeouts.requestIdle());
            case NOTHING -> timer(loop).stop();
        }
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext ctx) {
        await(Wait.NOTHING, ctx.channel().eventLoop());
    }

    @Override
    public void channelActive(ChannelHandlerContext ctx) {
        await(Wait.NEXT_REQUEST, ctx.channel().eventLoop());
        ctx.fireChannelActive();
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        if (wait == Wait.NEXT_REQUEST) {
            await(Wait.HEAD, ctx.channel().eventLoop());
        } else if (wait == Wait.BODY && timer != null) {
            timer.touch();
        }
        ctx.fireChannelRead(message);
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        await(Wait.NOTHING, ctx.channel().eventLoop());
        ctx.fireChannelInactive();
    }
}
