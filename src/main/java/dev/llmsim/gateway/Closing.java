package dev.llmsim.gateway;

import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.socket.DuplexChannel;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** What becomes of a client's connection after an exchange. */
enum Closing {
    /** It serves the next request. */
    KEEP {
        @Override
        void apply(Channel channel) {}
    },
    /** FIN. */
    CLOSE {
        @Override
        void apply(Channel channel) {
            closeNow(channel);
        }
    },
    /**
     * FIN, while what the client still sends is read and dropped for a while: closing with unread bytes would reset the
     * connection, and the client might lose the answer.
     */
    LINGER {
        @Override
        void apply(Channel channel) {
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
        void apply(Channel channel) {
            resetWhenDelivered(channel, RESET_WAITS);
        }
    };

    private static final int LINGER_SECONDS = 2;
    private static final int RESET_WAITS = 2000;
    private static final int RESET_WAIT_MILLIS = 5;

    /** Closes without waiting for that. */
    static void closeNow(Channel channel) {
        var unused = channel.close();
    }

    abstract void apply(Channel channel);

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
        channel.config().setOption(ChannelOption.SO_LINGER, 0);
        closeNow(channel);
    }
}
