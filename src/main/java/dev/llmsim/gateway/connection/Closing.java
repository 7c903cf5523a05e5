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
    /** FIN. A stream of HTTP/2 is closed in each case, and its codec says how. */
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
            if (!(channel instanceof DuplexChannel duplex)) {
                closeNow(channel);
                return;
            }
            var unused = duplex.shutdownOutput();
            Future<?> deadline =
                    channel.eventLoop().schedule(() -> closeNow(channel), LINGER_SECONDS, TimeUnit.SECONDS);
            channel.closeFuture().addListener(closed -> deadline.cancel(false));
        }
    },
    /**
     * RST, once the client's system has acknowledged every byte sent before, so that none is lost. Where the system does not
     * tell, after a while, for which the transport keeps what is on its way short.
     */
    RESET {
        @Override
        public void apply(Channel channel) {
            if (channel instanceof EpollSocketChannel || !(channel instanceof SocketChannel)) {
                resetWhenDelivered(channel, RESET_WAITS);
            } else {
                var unused =
                        channel.eventLoop().schedule(() -> reset(channel), BLIND_WAIT_MILLIS, TimeUnit.MILLISECONDS);
            }
        }
    };

    private static final int LINGER_SECONDS = 2;
    private static final int RESET_WAITS = 2000;
    private static final int RESET_WAIT_MILLIS = 5;
    private static final int BLIND_WAIT_MILLIS = 500;

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
        if (waitsLeft > 0 && channel instanceof EpollSocketChannel epoll && SendQueue.bytes(epoll) > 0) {
            var unused = channel.eventLoop()
                    .schedule(
                            () -> resetWhenDelivered(channel, waitsLeft - 1), RESET_WAIT_MILLIS, TimeUnit.MILLISECONDS);
            return;
        }
        reset(channel);
    }

    private static void reset(Channel channel) {
        if (channel.isOpen()) {
            channel.config().setOption(ChannelOption.SO_LINGER, 0);
            closeNow(channel);
        }
    }
}
