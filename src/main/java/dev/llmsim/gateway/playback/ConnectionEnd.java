package dev.llmsim.gateway.playback;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.channel.socket.DuplexChannel;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/** How a server ends a connection without destroying what the client has not read yet. */
final class ConnectionEnd {
    /** How long a client that was sent a FIN may take to close its own side. */
    private static final long LINGER_SECONDS = 2;

    private ConnectionEnd() {}

    /**
     * Sends a FIN. The connection is closed when the client has closed its side: closing at once, with bytes of the client
     * still unread, would send a RST, which destroys what the client has not read yet.
     */
    static void fin(Channel channel) {
        if (!(channel instanceof DuplexChannel duplex) || !channel.isActive()) {
            close(channel);
            return;
        }
        channel.pipeline().addFirst(new Drain());
        ScheduledFuture<?> deadline =
                channel.eventLoop().schedule(() -> close(channel), LINGER_SECONDS, TimeUnit.SECONDS);
        channel.closeFuture().addListener(closed -> deadline.cancel(false));
        duplex.shutdownOutput().addListener(sent -> {
            if (sent.isSuccess()) {
                channel.config().setAutoRead(true);
                channel.read();
            } else {
                close(channel);
            }
        });
    }

    private static void close(Channel channel) {
        var unused = channel.close();
    }

    /** Throws away what a client still sends on a connection that has been ended. */
    private static final class Drain extends ChannelInboundHandlerAdapter {
        @Override
        public void channelRead(ChannelHandlerContext ctx, Object message) {
            ReferenceCountUtil.release(message);
        }

        @Override
        public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
            if (event instanceof ChannelInputShutdownEvent) {
                close(ctx.channel());
            } else {
                ctx.fireUserEventTriggered(event);
            }
        }
    }
}
