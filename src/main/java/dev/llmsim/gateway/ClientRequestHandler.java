package dev.llmsim.gateway;

import dev.llmsim.exchange.Ending;
import dev.llmsim.gateway.connection.AnswerForm;
import dev.llmsim.gateway.connection.Closing;
import dev.llmsim.mode.Session;
import dev.llmsim.telemetry.Counter;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One client connection, or stream of one: serves its requests one at a time, in order; later ones wait, and a few waiting parts stop the
 * reading. The last handler of its pipeline. Lives on the connection's loop; releases what still waits when that closes.
 */
final class ClientRequestHandler extends ChannelInboundHandlerAdapter
        implements ClientConnection, Exchange.Owner, ClientPatience.Impatient {
    private static final Logger LOG = LoggerFactory.getLogger(ClientRequestHandler.class);
    private static final int MAX_WAITING_PARTS = 64;

    private final Channel channel;
    private final AnswerForm form;
    private final Dispatcher dispatcher;
    private final GatewayParts parts;
    private final ClientPatience patience;
    private final ReadGate gate;
    private final Deque<HttpObject> waiting = new ArrayDeque<>();

    private @Nullable ChannelHandlerContext context;
    private @Nullable Exchange exchange;
    private @Nullable Stage stage;
    private boolean receiving;
    private boolean serving;
    private boolean draining;
    private boolean closed;

    ClientRequestHandler(
            Channel channel, AnswerForm form, Dispatcher dispatcher, GatewayParts parts, Timeouts timeouts) {
        this.channel = channel;
        this.form = form;
        this.dispatcher = dispatcher;
        this.parts = parts;
        this.patience = new ClientPatience(timeouts, this);
        this.gate = new ReadGate(channel);
    }

    ClientPatience patience() {
        return patience;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        context = ctx;
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        if (closed || !(message instanceof HttpObject object)) {
            ReferenceCountUtil.release(message);
            return;
        }
        waiting.add(object);
        serve();
        if (waiting.size() > MAX_WAITING_PARTS) {
            gate.hold(ReadGate.Reason.PIPELINE);
        }
    }

    /** Passes on what waits, as far as the exchange in hand allows. */
    private void serve() {
        if (serving) {
            return;
        }
        serving = true;
        while (!waiting.isEmpty() && !closed && (exchange == null || receiving)) {
            accept(waiting.remove());
        }
        serving = false;
        if (waiting.isEmpty()) {
            gate.release(ReadGate.Reason.PIPELINE);
        }
    }

    private void accept(HttpObject object) {
        if (object instanceof HttpRequest request) {
            begin(request);
            if (object.decoderResult().isFailure()) {
                ReferenceCountUtil.release(object);
                return;
            }
        }
        if (object instanceof HttpContent content) {
            part(content);
        }
    }

    private void begin(HttpRequest request) {
        ChannelHandlerContext ctx = context;
        if (ctx == null) {
            return;
        }
        parts.counters().increment(Counter.REQUESTS);
        parts.counters().increment(Counter.OPEN_EXCHANGES);
        receiving = true;
        form.answering(request.method().equals(HttpMethod.HEAD));
        patience.await(ClientPatience.Wait.BODY, channel.eventLoop());
        Exchange begun = new Exchange(ctx, request, gate, parts, this);
        exchange = begun;
        if (draining) {
            begun.drain();
        }
        dispatcher.begin(begun);
    }

    private void part(HttpContent content) {
        Exchange present = exchange;
        Stage to = stage;
        if (present == null || to == null) {
            content.release();
        } else if (content.decoderResult().isFailure()) {
            Throwable cause = content.decoderResult().cause();
            content.release();
            breakOff(present, to, () -> dispatcher.broken(present, cause));
        } else {
            if (content instanceof LastHttpContent) {
                receiving = false;
                patience.await(ClientPatience.Wait.NOTHING, channel.eventLoop());
                present.requestEnded();
            }
            to.content(content);
        }
    }

    /** Ends a request that will not become whole: with {@code refusal}, or, where an answer has begun, by cutting that. */
    private void breakOff(Exchange present, Stage from, Runnable refusal) {
        boolean answered = present.isAnswered();
        from.cancel();
        if (answered) {
            present.end(Ending.CLIENT_CANCELLED, Closing.CLOSE);
        } else {
            refusal.run();
        }
    }

    @Override
    public void inSession(Session session) {
        form.inSession(session.id());
    }

    @Override
    public void entered(Stage next) {
        stage = next;
    }

    @Override
    public void ended(Closing closing) {
        exchange = null;
        stage = null;
        form.answering(false);
        if (closing == Closing.KEEP && !draining) {
            patience.await(ClientPatience.Wait.NEXT_REQUEST, channel.eventLoop());
            serve();
            flushUpstream();
        } else {
            close(closing == Closing.KEEP ? Closing.CLOSE : closing);
        }
    }

    private void close(Closing closing) {
        closed = true;
        patience.await(ClientPatience.Wait.NOTHING, channel.eventLoop());
        waiting.forEach(ReferenceCountUtil::release);
        waiting.clear();
        gate.releaseAll();
        closing.apply(channel);
    }

    @Override
    public void tookTooLong(ClientPatience.Wait wait) {
        Exchange present = exchange;
        Stage to = stage;
        if (wait == ClientPatience.Wait.BODY && present != null && to != null) {
            if (gate.isHeld()) {
                patience.await(ClientPatience.Wait.BODY, channel.eventLoop());
            } else {
                breakOff(present, to, () -> dispatcher.tooSlow(present));
            }
        } else if (wait == ClientPatience.Wait.HEAD && context != null) {
            FullHttpResponse answer = dispatcher.tooSlow().response();
            answer.headers().set("connection", "close");
            context.writeAndFlush(answer).addListener(written -> close(Closing.LINGER));
        } else {
            close(Closing.CLOSE);
        }
    }

    @Override
    public void drain() {
        draining = true;
        if (exchange != null) {
            exchange.drain();
            if (stage != null) {
                stage.drain();
            }
        } else if (!closed) {
            close(Closing.CLOSE);
        }
    }

    @Override
    public void abandon() {
        if (stage != null) {
            stage.abandon();
        }
        Closing.closeNow(channel);
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) {
        flushUpstream();
    }

    private void flushUpstream() {
        if (stage != null) {
            stage.readComplete();
        }
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext ctx) {
        if (stage != null) {
            stage.writabilityChanged();
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        Stage last = stage;
        close(Closing.KEEP);
        if (last != null) {
            last.clientGone();
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        if (cause instanceof IOException) {
            LOG.debug("A client's connection failed: {}", cause.toString());
        } else {
            LOG.error("A client's connection is closed because of an unforeseen failure.", cause);
        }
        Closing.closeNow(channel);
    }
}
