package dev.llmsim.bench;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Loads a server on this machine from one event loop, which it stops when closed. */
final class LoadClient implements AutoCloseable {
    private static final int CONNECT_MILLIS = 10_000;

    private final Sockets sockets;
    private final EventLoopGroup loop;

    LoadClient(Sockets sockets) {
        this.sockets = sockets;
        this.loop = sockets.group(1, "bench-client");
    }

    /**
     * Opens {@code connections} to {@code server}, and when all stand lets them do {@code workload}. Returns when all are closed;
     * what is not done within {@code limit} has failed.
     */
    void run(InetSocketAddress server, int connections, Workload workload, Duration limit) throws InterruptedException {
        List<Channel> open = connect(server, connections, workload);
        long beginNanos = System.nanoTime();
        loop.submit(() -> workload.begin(beginNanos)).sync();
        for (int i = 0; i < open.size(); i++) {
            Channel channel = open.get(i);
            long delayNanos = Math.max(0, beginNanos + workload.delayNanos(i) - System.nanoTime());
            var unused = loop.schedule(
                    () -> {
                        Caller caller = channel.pipeline().get(Caller.class);
                        if (caller != null) {
                            caller.next(channel.pipeline().context(caller));
                        }
                    },
                    delayNanos,
                    TimeUnit.NANOSECONDS);
        }
        long deadlineNanos = beginNanos + limit.toNanos();
        for (Channel channel : open) {
            long waitNanos = Math.max(0, deadlineNanos - System.nanoTime());
            if (!channel.closeFuture().await(waitNanos, TimeUnit.NANOSECONDS)) {
                channel.close().sync();
            }
        }
        loop.submit(() -> {}).sync();
    }

    private List<Channel> connect(InetSocketAddress server, int connections, Workload workload)
            throws InterruptedException {
        Bootstrap bootstrap = new Bootstrap()
                .group(loop)
                .channel(sockets.client())
                .option(ChannelOption.TCP_NODELAY, true)
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, CONNECT_MILLIS);
        List<ChannelFuture> futures = new ArrayList<>(connections);
        for (int i = 0; i < connections; i++) {
            futures.add(
                    bootstrap.clone().handler(new Caller(workload)).connect(server));
        }
        List<Channel> open = new ArrayList<>(connections);
        for (ChannelFuture future : futures) {
            open.add(future.sync().channel());
        }
        return open;
    }

    @Override
    public void close() {
        loop.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly();
    }
}
