package dev.llmsim.gateway.playback;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.channel.socket.DuplexChannel;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.ScheduledFuture;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** The two ways in which a server ends a connection. */
final class ConnectionEnd {
    /** How long a client that was sent a FIN may take to close its own side. */
    private static final long LINGER_SECONDS = 2;

    /** Ten segments may leave before the first acknowledgement (RFC 6928). */
    private static final int INITIAL_WINDOW_BYTES = 14_600;

    private static final int SEND_BUFFER_BYTES = 4_096;
    private static final int RESET_GRACE_MILLIS = 50;

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

    /**
     * Keeps the kernel's send buffer small on a connection that will be reset, for a reset discards what is in it: so, by the
     * time the last byte is written, all but a few kilobytes are with the client.
     */
    static void prepareReset(Channel channel) {
        if (channel.isActive()) {
            channel.config().setOption(ChannelOption.SO_SNDBUF, SEND_BUFFER_BYTES);
        }
    }

    /**
     * Sends a RST: at once where no more than {@code sentBytes} that fit the first window were sent, else after a moment in
     * which the last of them leave.
     */
    static Future<?> reset(Channel channel, long sentBytes) {
        long delayMillis = sentBytes > INITIAL_WINDOW_BYTES ? RESET_GRACE_MILLIS : 0;
        return channel.eventLoop().schedule(() -> reset(channel), delayMillis, TimeUnit.MILLISECONDS);
    }

    private static void reset(Channel channel) {
        if (channel.isActive()) {
            channel.config().setOption(ChannelOption.SO_LINGER, 0);
        }
        close(channel);
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
