package dev.llmsim.gateway.connection;

import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.socket.DuplexChannel;
import io.netty.channel.socket.SocketChannel;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** What becomes of a client's connection after an exchange. */
public enum Closing {
    /** It serves the next request. */
    KEEP {
        @Override
        public void apply(Channel channel) {}
    },
    /** FIN. */
    CLOSE {
        @Override
        public void apply(Channel channel) {
            closeNow(channel);
        }
    },
    /**
     * FIN, while what the client still sends is read and dropped for a while: closing with unread bytes would reset the
     * connection, and the client might lose the answer.
     */
    LINGER {
        @Override
        public void apply(Channel channel) {
            if (channel instanceof DuplexChannel duplex) {
                var unused = duplex.shutdownOutput();
            }
            Future<?> deadline =
                    channel.eventLoop().schedule(() -> closeNow(channel), LINGER_SECONDS, TimeUnit.SECONDS);
            channel.closeFuture().addListener(closed -> deadline.cancel(false));
        }
    },
    /** RST, once the client's system has acknowledged every byte sent before, so that none is lost. */
    RESET {
        @Override
        public void apply(Channel channel) {
            resetWhenDelivered(channel, RESET_WAITS);
        }
    };

    private static final int LINGER_SECONDS = 2;
    private static final int RESET_WAITS = 2000;
    private static final int RESET_WAIT_MILLIS = 5;

    /** Where the system does not tell what was acknowledged: a moment in which the last bytes leave. */
    private static final int RESET_WAITS_BLIND = 10;

    private static final int BLIND_SEND_BUFFER_BYTES = 4_096;

    /**
     * Where the system does not tell what was acknowledged, keeps its send buffer small on a connection that will be reset,
     * for a reset discards what is in it.
     */
    public static void expectReset(Channel channel) {
        if (!(channel instanceof EpollSocketChannel) && channel.isActive()) {
            channel.config().setOption(ChannelOption.SO_SNDBUF, BLIND_SEND_BUFFER_BYTES);
        }
    }

    /** Closes without waiting for that. */
    public static void closeNow(Channel channel) {
        var unused = channel.close();
    }

    /** Does that, on the connection's loop. */
    public abstract void apply(Channel channel);

    private static void resetWhenDelivered(Channel channel, int waitsLeft) {
        if (!channel.isOpen()) {
            return;
        }
        boolean waiting = channel instanceof EpollSocketChannel epoll
                ? SendQueue.bytes(epoll) > 0
                : channel instanceof SocketChannel && waitsLeft > RESET_WAITS - RESET_WAITS_BLIND;
        if (waitsLeft > 0 && waiting) {
            var unused = channel.eventLoop()
                    .schedule(
                            () -> resetWhenDelivered(channel, waitsLeft - 1), RESET_WAIT_MILLIS, TimeUnit.MILLISECONDS);
            return;
        }
        channel.config().setOption(ChannelOption.SO_LINGER, 0);
        closeNow(channel);
    }
}
