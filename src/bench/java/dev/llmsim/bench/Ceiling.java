package dev.llmsim.bench;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.handler.codec.http.HttpServerCodec;
import java.net.InetAddress;
import java.net.InetSocketAddress;

/**
 * The ceiling: the least that a Netty server can do for the same bytes on the wire. It reads no request and looks nothing up. A
 * process of its own; it ends when it is ended.
 */
final class Ceiling {
    /** The path of an answer of 1 KB. */
    static final String JSON = "/json";

    /** The path of a whole stream in one flush. */
    static final String SSE = "/sse";

    /** The path of a stream on the event loop's timer. */
    static final String TIMED = "/timed";

    private static final int BACKLOG = 4096;

    private Ceiling() {}

    /**
     * Serves on a free port, which it prints.
     *
     * @param arguments the number of events in a stream, and the milliseconds between two of a timed one
     */
    public static void main(String[] arguments) throws InterruptedException {
        Sockets sockets = Sockets.best();
        CeilingAnswers answers = new CeilingAnswers(Integer.parseInt(arguments[0]), Integer.parseInt(arguments[1]));
        Channel listener = start(sockets, sockets.group(1, "ceiling"), answers);
        InetSocketAddress address = (InetSocketAddress) listener.localAddress();
        System.out.println("ceiling listening on http://127.0.0.1:" + address.getPort());
        listener.closeFuture().sync();
    }

    /** Serves {@code answers} on a free port from the threads of {@code loop}. */
    static Channel start(Sockets sockets, EventLoopGroup loop, CeilingAnswers answers) throws InterruptedException {
        return new ServerBootstrap()
                .group(loop)
                .channel(sockets.server())
                .option(ChannelOption.SO_BACKLOG, BACKLOG)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childHandler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        channel.pipeline().addLast(new HttpServerCodec(), new CeilingHandler(answers));
                    }
                })
                .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                .sync()
                .channel();
    }
}
