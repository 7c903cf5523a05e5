package dev.llmsim.bench;

import io.netty.channel.Channel;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.ServerChannel;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.util.concurrent.DefaultThreadFactory;

/** The kind of sockets that is fastest here: epoll on Linux, as the program itself uses, else the JDK's. */
record Sockets(
        String name,
        IoHandlerFactory handlers,
        Class<? extends Channel> client,
        Class<? extends ServerChannel> server) {
    static Sockets best() {
        return Epoll.isAvailable()
                ? new Sockets(
                        "epoll", EpollIoHandler.newFactory(), EpollSocketChannel.class, EpollServerSocketChannel.class)
                : new Sockets("nio", NioIoHandler.newFactory(), NioSocketChannel.class, NioServerSocketChannel.class);
    }

    /** A group of {@code loops} daemon threads called {@code thread}. */
    EventLoopGroup group(int loops, String thread) {
        return new MultiThreadIoEventLoopGroup(loops, new DefaultThreadFactory(thread, true), handlers);
    }
}
