package dev.llmsim.gateway;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.EventLoop;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.proxy.HttpProxyHandler;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.Promise;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Builds the handlers of upstream connections: TLS to a proxy, CONNECT, TLS to the origin, HTTP. */
final class UpstreamPipeline {
    private static final int MAX_HEAD_BYTES = 256 << 10;
    private static final int MAX_CHUNK_BYTES = 1 << 20;

    private final GatewayConfig config;
    private final BlockingWork blocking;

    UpstreamPipeline(GatewayConfig config, BlockingWork blocking) {
        this.config = config;
        this.blocking = blocking;
    }

    /** Where a connection leads, and through what; {@code address} is the proxy's where there is one. */
    record Way(ServerAddress origin, @Nullable URI proxy, InetSocketAddress address, String poolKey) {
        boolean tunnels() {
            return proxy != null && origin.secure();
        }
    }

    Prepared prepare(Way way, EventLoop loop) {
        return new Prepared(way, loop.newPromise());
    }

    /** The initializer of one connection, and the moment from which that takes requests. */
    final class Prepared extends ChannelInitializer<Channel> {
        private final Way way;
        private final Promise<UpstreamConnection> ready;

        Prepared(Way way, Promise<UpstreamConnection> ready) {
            this.way = way;
            this.ready = ready;
        }

        Future<UpstreamConnection> ready() {
            return ready;
        }

        SocketAddress destination() {
            return way.tunnels()
                    ? InetSocketAddress.createUnresolved(
                            way.origin().host(), way.origin().port())
                    : way.address();
        }

        /** Each leg begins when the one before has ended, so that its time limit does too. */
        @Override
        protected void initChannel(Channel channel) {
            URI proxy = way.proxy();
            UpstreamConnection connection =
                    new UpstreamConnection(channel, way.poolKey(), way.tunnels() ? null : proxy);
            ChannelPipeline pipeline = channel.pipeline();
            Future<?> reached = channel.newSucceededFuture();
            if (proxy != null && isSecure(proxy)) {
                reached = add(pipeline, tls(channel, ServerAddress.of(proxy)));
            }
            if (proxy != null && way.tunnels()) {
                HttpProxyHandler tunnel = tunnel(way.address(), proxy);
                pipeline.addLast(tunnel);
                reached = tunnel.connectFuture();
            }
            pipeline.addLast(connection);
            ServerAddress peer = proxy == null ? way.origin() : ServerAddress.of(proxy);
            reached.addListener(done -> {
                if (done.isSuccess()) {
                    towardsOrigin(connection);
                } else {
                    fail(peer, done.cause());
                }
            });
        }

        /** What is sent now arrives at the origin, or at a proxy that takes requests in absolute form. */
        private void towardsOrigin(UpstreamConnection connection) {
            Channel channel = connection.channel();
            ChannelPipeline pipeline = channel.pipeline();
            String last = pipeline.context(connection).name();
            Future<?> safe = channel.newSucceededFuture();
            if (way.origin().secure()) {
                SslHandler tls = tls(channel, way.origin());
                pipeline.addBefore(last, null, tls);
                safe = tls.handshakeFuture();
            }
            pipeline.addBefore(last, null, codec());
            safe.addListener(done -> {
                if (done.isSuccess()) {
                    ready.trySuccess(connection);
                } else {
                    fail(way.origin(), done.cause());
                }
            });
        }

        private void fail(ServerAddress peer, Throwable cause) {
            ready.tryFailure(UpstreamFailures.of(way.origin(), peer, cause));
        }

        private Future<?> add(ChannelPipeline pipeline, SslHandler tls) {
            pipeline.addLast(tls);
            Future<?> shaken = tls.handshakeFuture();
            shaken.addListener(done -> {
                if (!done.isSuccess()) {
                    fail(ServerAddress.of(Objects.requireNonNull(way.proxy())), done.cause());
                }
            });
            return shaken;
        }
    }

    private static boolean isSecure(URI proxy) {
        return "https".equals(proxy.getScheme());
    }

    private SslHandler tls(Channel channel, ServerAddress peer) {
        SslHandler handler =
                blocking.tlsContext().newHandler(channel.alloc(), peer.host(), peer.port(), blocking.executor());
        handler.setHandshakeTimeoutMillis(config.timeouts().handshake().toMillis());
        return handler;
    }

    private HttpProxyHandler tunnel(InetSocketAddress address, URI proxy) {
        String userInfo = proxy.getRawUserInfo();
        HttpProxyHandler handler = userInfo == null
                ? new HttpProxyHandler(address)
                : new HttpProxyHandler(address, part(userInfo, 0), part(userInfo, 1));
        Duration handshake = isSecure(proxy) ? config.timeouts().handshake() : Duration.ZERO;
        handler.setConnectTimeoutMillis(
                config.timeouts().connect().plus(handshake).toMillis());
        return handler;
    }

    /** User (0) or password (1) of a URL's user information. */
    static String part(String userInfo, int index) {
        String[] parts = userInfo.split(":", 2);
        return index < parts.length ? URLDecoder.decode(parts[index].replace("+", "%2B"), StandardCharsets.UTF_8) : "";
    }

    private static ChannelHandler codec() {
        HttpDecoderConfig decoding = new HttpDecoderConfig()
                .setMaxInitialLineLength(MAX_HEAD_BYTES)
                .setMaxHeaderSize(MAX_HEAD_BYTES)
                .setMaxChunkSize(MAX_CHUNK_BYTES);
        return new HttpClientCodec(decoding, false, false);
    }
}
