package dev.llmsim.gateway;

import dev.llmsim.gateway.connection.Closing;
import dev.llmsim.telemetry.Counter;
import dev.llmsim.telemetry.Counters;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.Promise;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Gets connections to upstreams: from the pool, or by resolving, connecting, passing the proxy and shaking hands. */
final class UpstreamConnector {
    private final GatewayConfig config;
    private final Transport transport;
    private final Counters counters;
    private final BlockingWork blocking;
    private final UpstreamPool pool = new UpstreamPool();
    private final UpstreamPipeline pipelines;

    UpstreamConnector(GatewayConfig config, Transport transport, Counters counters, BlockingWork blocking) {
        this.config = config;
        this.transport = transport;
        this.counters = counters;
        this.blocking = blocking;
        this.pipelines = new UpstreamPipeline(config, blocking);
    }

    UpstreamPool pool() {
        return pool;
    }

    /** A connection to {@code origin} on {@code loop}, on which the future completes; it fails with UpstreamFailure. */
    Future<UpstreamConnection> connect(EventLoop loop, ServerAddress origin) {
        Optional<URI> proxy = config.proxies().towards(origin);
        String key = origin + proxy.map(p -> " by " + p.getRawAuthority()).orElse("");
        Optional<UpstreamConnection> pooled = pool.take(loop, key);
        if (pooled.isPresent()) {
            return loop.newSucceededFuture(pooled.get());
        }
        Attempt attempt = new Attempt(loop, origin, proxy.orElse(null), key);
        attempt.start();
        return attempt.promise;
    }

    /** One way to one new connection. */
    private final class Attempt {
        private final EventLoop loop;
        private final ServerAddress origin;
        private final @Nullable URI proxy;
        private final String key;
        private final Promise<UpstreamConnection> promise;

        Attempt(EventLoop loop, ServerAddress origin, @Nullable URI proxy, String key) {
            this.loop = loop;
            this.origin = origin;
            this.proxy = proxy;
            this.key = key;
            this.promise = loop.newPromise();
        }

        /** The server whose address is resolved and connected to. */
        private ServerAddress next() {
            return proxy == null ? origin : ServerAddress.of(proxy);
        }

        void start() {
            if (origin.secure() || next().secure()) {
                blocking.tlsReady(loop).addListener(done -> {
                    if (done.isSuccess()) {
                        resolve();
                    } else {
                        promise.tryFailure(UpstreamFailures.of(origin, next(), done.cause()));
                    }
                });
            } else {
                resolve();
            }
        }

        private void resolve() {
            long limitNanos = config.timeouts().connect().toNanos();
            Future<?> limit = loop.schedule(
                    () -> promise.tryFailure(UpstreamFailure.silent("upstream " + origin + ": resolving "
                            + next().host()
                            + " took longer than " + config.timeouts().connect().toMillis()
                            + " ms (expected: an answer from DNS; check the name and the network)")),
                    limitNanos,
                    TimeUnit.NANOSECONDS);
            blocking.resolve(next().host(), loop).addListener((Future<InetAddress[]> resolved) -> {
                limit.cancel(false);
                if (promise.isDone()) {
                    return;
                }
                if (resolved.isSuccess()) {
                    open(resolved.getNow(), 0);
                } else {
                    promise.tryFailure(UpstreamFailures.of(origin, next(), resolved.cause()));
                }
            });
        }

        private void open(InetAddress[] addresses, int index) {
            InetSocketAddress address = new InetSocketAddress(addresses[index], next().port());
            UpstreamPipeline.Way way = new UpstreamPipeline.Way(origin, proxy, address, key);
            UpstreamPipeline.Prepared prepared = pipelines.prepare(way, loop);
            ChannelFuture connecting = bootstrap(prepared).connect(prepared.destination());
            connecting.addListener(done -> {
                if (done.isSuccess()) {
                    counters.increment(Counter.UPSTREAM_CONNECTIONS);
                    prepared.ready()
                            .addListener((Future<UpstreamConnection> ready) -> finish(ready, connecting.channel()));
                } else if (index + 1 < addresses.length) {
                    open(addresses, index + 1);
                } else {
                    promise.tryFailure(UpstreamFailures.of(origin, next(), done.cause()));
                }
            });
        }

        private void finish(Future<UpstreamConnection> ready, Channel channel) {
            if (!ready.isSuccess()) {
                Closing.closeNow(channel);
                promise.tryFailure(ready.cause());
            } else if (!promise.trySuccess(ready.getNow())) {
                Closing.closeNow(channel);
            }
        }

        private Bootstrap bootstrap(UpstreamPipeline.Prepared prepared) {
            return new Bootstrap()
                    .group(loop)
                    .channel(transport.socket())
                    .disableResolver()
                    .option(ChannelOption.TCP_NODELAY, true)
                    .option(ChannelOption.AUTO_CLOSE, false)
                    .option(
                            ChannelOption.CONNECT_TIMEOUT_MILLIS,
                            Math.toIntExact(config.timeouts().connect().toMillis()))
                    .handler(prepared);
        }
    }
}
