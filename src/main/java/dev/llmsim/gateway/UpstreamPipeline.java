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
    record Way(Origin origin, @Nullable URI proxy, InetSocketAddress address, String poolKey) {
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

        @Override
        protected void initChannel(Channel channel) {
            ChannelPipeline pipeline = channel.pipeline();
            URI proxy = way.proxy();
            Future<?> last = channel.newSucceededFuture();
            if (proxy != null && proxy.getScheme().equals("https")) {
                last = add(pipeline, tls(channel, Origin.of(proxy)));
            }
            if (proxy != null && way.tunnels()) {
                HttpProxyHandler tunnel = tunnel(way.address(), proxy);
                pipeline.addLast(tunnel);
                last = tunnel.connectFuture();
            }
            if (way.origin().secure()) {
                last = add(pipeline, tls(channel, way.origin()));
            }
            URI plainProxy = way.tunnels() ? null : proxy;
            UpstreamConnection connection = new UpstreamConnection(channel, way.poolKey(), plainProxy);
            pipeline.addLast(codec(), connection);
            last.addListener(done -> {
                if (done.isSuccess()) {
                    ready.trySuccess(connection);
                } else {
                    ready.tryFailure(done.cause());
                }
            });
        }

        private Future<?> add(ChannelPipeline pipeline, SslHandler tls) {
            pipeline.addLast(tls);
            return tls.handshakeFuture();
        }
    }

    private SslHandler tls(Channel channel, Origin peer) {
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
        handler.setConnectTimeoutMillis(config.timeouts().connect().toMillis());
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
