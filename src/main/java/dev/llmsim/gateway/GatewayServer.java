package dev.llmsim.gateway;

import dev.llmsim.exchange.ErrorCode;
import dev.llmsim.exchange.LlmSimException;
import dev.llmsim.telemetry.Counter;
import dev.llmsim.telemetry.Counters;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.GlobalEventExecutor;
import io.netty.util.concurrent.Promise;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A running gateway: accepts clients, serves each exchange on one event loop. Owns its threads until it is closed. */
public final class GatewayServer implements AutoCloseable {
    private static final int BACKLOG = 1024;
    private static final long GROUP_SHUTDOWN_SECONDS = 5;

    private final EventLoopGroup loops;
    private final BlockingWork blocking;
    private final ChannelGroup clients = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE, true);
    private final Promise<@Nullable Void> drained = GlobalEventExecutor.INSTANCE.newPromise();
    private final Counters counters;
    private final Channel listener;

    private GatewayServer(GatewayConfig config, GatewayParts parts, Transport transport) {
        this.counters = parts.counters();
        this.blocking = new BlockingWork(config.tls());
        this.loops =
                new MultiThreadIoEventLoopGroup(0, new DefaultThreadFactory("llmsim-loop", true), transport.handlers());
        try {
            if (!config.tls().equals(UpstreamTls.DEFAULT)) {
                blocking.tlsContext();
            }
            UpstreamConnector connector = new UpstreamConnector(config, transport, parts.counters(), blocking);
            Dispatcher dispatcher = new Dispatcher(config, parts, connector);
            this.listener = bind(config, transport, new ClientPipeline(config, parts, dispatcher, clients));
        } catch (RuntimeException e) {
            stopThreads();
            throw e;
        }
    }

    /**
     * Binds and serves.
     *
     * @throws LlmSimException {@link ErrorCode#PORT_IN_USE} where the address cannot be bound, {@link ErrorCode#USAGE} where
     *     the host is unknown or a TLS file cannot be used
     */
    public static GatewayServer start(GatewayConfig config, GatewayParts parts) {
        return start(config, parts, Transport.best());
    }

    /** The same with sockets driven by {@code transport}. */
    static GatewayServer start(GatewayConfig config, GatewayParts parts, Transport transport) {
        return new GatewayServer(config, parts, transport);
    }

    /** The address that clients connect to. */
    public InetSocketAddress address() {
        return (InetSocketAddress) listener.localAddress();
    }

    private Channel bind(GatewayConfig config, Transport transport, ClientPipeline initializer) {
        InetSocketAddress address = new InetSocketAddress(config.host(), config.port());
        if (address.isUnresolved()) {
            throw new LlmSimException(
                    ErrorCode.USAGE,
                    "host: " + config.host()
                            + " is unknown (expected: a name or an address of this machine; check --host)");
        }
        ServerBootstrap clientsHere = new ServerBootstrap();
        transport.tune(clientsHere);
        ChannelFuture bound = clientsHere
                .group(loops)
                .channel(transport.server())
                .option(ChannelOption.SO_REUSEADDR, true)
                .option(ChannelOption.SO_BACKLOG, BACKLOG)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childHandler(initializer)
                .bind(address)
                .awaitUninterruptibly();
        if (!bound.isSuccess()) {
            throw new LlmSimException(ErrorCode.PORT_IN_USE, unbound(config, bound.cause()), bound.cause());
        }
        return bound.channel();
    }

    private static String unbound(GatewayConfig config, @Nullable Throwable cause) {
        String address = config.host() + ":" + config.port();
        String reason = String.valueOf(cause == null ? null : cause.getMessage());
        return reason.contains("in use")
                ? "address: " + address
                        + " is in use by another process (expected: a free port; stop that process, or choose"
                        + " another with --port, 0 for any free one)"
                : "address: " + address + " cannot be bound: " + reason
                        + " (expected: an address of this machine and a port that this user may open; check --host and"
                        + " --port)";
    }

    /** Stops accepting, lets exchanges that have begun end within {@code drain}, then cuts those that are left. */
    public void close(Duration drain) {
        listener.close().awaitUninterruptibly();
        onEach(ClientConnection::drain);
        clients.newCloseFuture().addListener(closed -> hurry());
        drained.awaitUninterruptibly(drain.toMillis());
        onEach(ClientConnection::abandon);
        clients.newCloseFuture().awaitUninterruptibly(GROUP_SHUTDOWN_SECONDS, TimeUnit.SECONDS);
        stopThreads();
    }

    /** Ends the drain of a {@link #close} that is under way or to come: what is open then is cut. */
    public void hurry() {
        drained.trySuccess(null);
    }

    /** How many requests are being answered. */
    public long openExchanges() {
        return counters.count(Counter.OPEN_EXCHANGES);
    }

    /** How many requests the simulator has answered. */
    public long syntheticAnswers() {
        return counters.count(Counter.SYNTHETIC);
    }

    /** Closes without waiting for exchanges. */
    @Override
    public void close() {
        close(Duration.ZERO);
    }

    private void onEach(Consumer<ClientConnection> action) {
        for (Channel client : clients) {
            client.eventLoop().execute(() -> {
                ClientConnection connection = client.pipeline().get(ClientConnection.class);
                if (connection != null) {
                    action.accept(connection);
                }
            });
        }
    }

    private void stopThreads() {
        blocking.close();
        loops.shutdownGracefully(0, GROUP_SHUTDOWN_SECONDS, TimeUnit.SECONDS).awaitUninterruptibly();
    }
}
