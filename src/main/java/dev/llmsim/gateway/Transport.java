package dev.llmsim.gateway;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.ChannelOption;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.ServerSocketChannel;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;

/** How sockets are driven: epoll where the platform has it, else NIO. */
enum Transport {
    EPOLL(EpollServerSocketChannel.class, EpollSocketChannel.class) {
        @Override
        IoHandlerFactory handlers() {
            return EpollIoHandler.newFactory();
        }
    },
    NIO(NioServerSocketChannel.class, NioSocketChannel.class) {
        @Override
        IoHandlerFactory handlers() {
            return NioIoHandler.newFactory();
        }

        @Override
        void tune(ServerBootstrap clients) {
            clients.childOption(ChannelOption.SO_SNDBUF, SEND_BUFFER_BYTES);
        }
    };

    /** Bounds what a reset could discard (see {@link Closing#RESET}). */
    private static final int SEND_BUFFER_BYTES = 128 << 10;

    private final Class<? extends ServerSocketChannel> server;
    private final Class<? extends SocketChannel> socket;

    Transport(Class<? extends ServerSocketChannel> server, Class<? extends SocketChannel> socket) {
        this.server = server;
        this.socket = socket;
    }

    static Transport best() {
        return Epoll.isAvailable() ? EPOLL : NIO;
    }

    abstract IoHandlerFactory handlers();

    /** Sets what this transport needs of client connections. */
    void tune(ServerBootstrap clients) {}

    Class<? extends ServerSocketChannel> server() {
        return server;
    }

    Class<? extends SocketChannel> socket() {
        return socket;
    }
}
