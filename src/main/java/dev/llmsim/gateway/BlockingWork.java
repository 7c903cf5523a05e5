package dev.llmsim.gateway;

import io.netty.channel.EventLoop;
import io.netty.handler.ssl.SslContext;
import io.netty.util.NetUtil;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.Promise;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A few threads for what would block an event loop: the platform's resolver (so that the hosts file works), reading
 * certificates, and the arithmetic of TLS handshakes.
 */
final class BlockingWork implements AutoCloseable {
    private static final int THREADS = 4;

    private final UpstreamTls tls;
    private final ExecutorService executor;
    private volatile @Nullable SslContext context;

    BlockingWork(UpstreamTls tls) {
        this.tls = tls;
        ThreadPoolExecutor threads = new ThreadPoolExecutor(
                THREADS,
                THREADS,
                10,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(),
                new DefaultThreadFactory("llmsim-resolve", true));
        threads.allowCoreThreadTimeOut(true);
        this.executor = threads;
    }

    Executor executor() {
        return executor;
    }

    /** Completes when the TLS context is there: that is no part of any phase that has a time limit. */
    Future<?> tlsReady(EventLoop loop) {
        if (context != null) {
            return loop.newSucceededFuture(null);
        }
        Promise<SslContext> ready = loop.newPromise();
        executor.execute(() -> {
            try {
                ready.trySuccess(tlsContext());
            } catch (RuntimeException e) {
                ready.tryFailure(e);
            }
        });
        return ready;
    }

    /** The addresses of {@code host}; at once where that is an address itself. */
    Future<InetAddress[]> resolve(String host, EventLoop loop) {
        byte[] literal = NetUtil.createByteArrayFromIpAddressString(host);
        if (literal != null) {
            return loop.newSucceededFuture(new InetAddress[] {literal(literal)});
        }
        Promise<InetAddress[]> addresses = loop.newPromise();
        executor.execute(() -> {
            try {
                addresses.trySuccess(InetAddress.getAllByName(host));
            } catch (UnknownHostException | RuntimeException e) {
                addresses.tryFailure(e);
            }
        });
        return addresses;
    }

    private static InetAddress literal(byte[] address) {
        try {
            return InetAddress.getByAddress(address);
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException("address: " + address.length + " bytes (expected: 4 or 16)", e);
        }
    }

    /** Made on first use, since the platform's trust store takes a while to read. */
    synchronized SslContext tlsContext() {
        SslContext made = context;
        if (made == null) {
            made = TlsContext.of(tls);
            context = made;
        }
        return made;
    }

    @Override
    public void close() {
        executor.shutdownNow();
    }
}
