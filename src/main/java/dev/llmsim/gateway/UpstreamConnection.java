package dev.llmsim.gateway;

import dev.llmsim.gateway.connection.Closing;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.CodecException;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.codec.PrematureChannelClosureException;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import java.io.IOException;
import java.net.URI;
import java.util.Optional;
import java.util.concurrent.Future;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One connection to an upstream: the last handler of its pipeline. Tells the listener of the request in hand what arrives;
 * while no request is in hand, anything that arrives closes it. Lives on one event loop.
 */
final class UpstreamConnection extends ChannelInboundHandlerAdapter {
    private static final Logger LOG = LoggerFactory.getLogger(UpstreamConnection.class);

    private final Channel channel;
    private final String poolKey;
    private final ReadGate gate;
    private final @Nullable URI plainProxy;

    private @Nullable UpstreamListener listener;
    private @Nullable Runnable whenQuiet;
    private @Nullable Future<?> idleExpiry;
    private boolean reused;
    private boolean interim;
    private boolean broken;

    /** {@code plainProxy} is the proxy that takes requests in absolute form over this connection. */
    UpstreamConnection(Channel channel, String poolKey, @Nullable URI plainProxy) {
        this.channel = channel;
        this.poolKey = poolKey;
        this.plainProxy = plainProxy;
        this.gate = new ReadGate(channel);
    }

    Channel channel() {
        return channel;
    }

    String poolKey() {
        return poolKey;
    }

    ReadGate gate() {
        return gate;
    }

    Optional<URI> plainProxy() {
        return Optional.ofNullable(plainProxy);
    }

    /** Whether it has served a request before the one in hand. */
    boolean isReused() {
        return reused;
    }

    /** It waits in the pool until {@code expiry}. */
    void idleUntil(Future<?> expiry) {
        idleExpiry = expiry;
    }

    /** It leaves the pool for its next request. */
    void reusing() {
        reused = true;
        if (idleExpiry != null) {
            idleExpiry.cancel(false);
            idleExpiry = null;
        }
    }

    void attach(UpstreamListener next) {
        listener = next;
    }

    /** Nothing more is expected; {@code idle} runs once the read that brought the end of the answer has no more to it. */
    void detach(Runnable idle) {
        listener = null;
        whenQuiet = idle;
        gate.releaseAll();
    }

    void close() {
        listener = null;
        whenQuiet = null;
        gate.releaseAll();
        Closing.closeNow(channel);
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        UpstreamListener to = listener;
        if (to == null || !(message instanceof HttpObject object)) {
            ReferenceCountUtil.release(message);
            if (!broken) {
                close();
            }
            return;
        }
        Throwable failure = object.decoderResult().cause();
        Optional<String> flaw = AnswerGuard.flaw(object);
        if (flaw.isEmpty()) {
            pass(to, object);
            return;
        }
        ReferenceCountUtil.release(message);
        // a connection that ended early also arrives as undecodable: that is reported when it closes, as what it was
        if (!(failure instanceof PrematureChannelClosureException)) {
            failed(to, flaw.get());
        }
    }

    private void failed(UpstreamListener to, String flaw) {
        broken = true;
        listener = null;
        to.undecodable(flaw);
        Closing.closeNow(channel);
    }

    private void pass(UpstreamListener to, HttpObject object) {
        if (object instanceof HttpResponse response) {
            interim = response.status().codeClass() == HttpStatusClass.INFORMATIONAL;
            if (interim) {
                to.interim(response);
            } else {
                to.head(response);
            }
        }
        if (object instanceof HttpContent content) {
            if (interim || listener != to) {
                interim = interim && !(content instanceof LastHttpContent);
                content.release();
            } else {
                to.body(content);
            }
        }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) {
        if (listener != null) {
            listener.upstreamReadComplete();
        }
        Runnable idle = whenQuiet;
        whenQuiet = null;
        if (idle != null) {
            idle.run();
        }
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext ctx) {
        if (listener != null) {
            listener.upstreamWritabilityChanged();
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        ended(false);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        SSLException tls = tlsFailureIn(cause);
        UpstreamListener to = listener;
        if (to != null && tls != null) {
            broken = true;
            listener = null;
            to.tlsFailed(tls);
        } else if (to != null && !(cause instanceof IOException) && !(cause instanceof CodecException)) {
            LOG.error("An answer of upstream is given up because of an unforeseen failure.", cause);
            failed(to, "its answer could not be passed on, which is a defect of llmsim");
            return;
        } else {
            ended(tls == null && cause instanceof IOException);
        }
        Closing.closeNow(channel);
    }

    private static @Nullable SSLException tlsFailureIn(Throwable cause) {
        Throwable inner = cause instanceof DecoderException ? cause.getCause() : cause;
        return inner instanceof SSLException tls ? tls : null;
    }

    private void ended(boolean byReset) {
        UpstreamListener to = listener;
        listener = null;
        whenQuiet = null;
        broken = true;
        if (to != null) {
            to.upstreamClosed(byReset);
        }
    }
}
