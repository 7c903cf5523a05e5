package dev.llmsim.gateway;

import dev.llmsim.exchange.Bytes;
import dev.llmsim.exchange.Headers;
import dev.llmsim.exchange.Request;
import dev.llmsim.gateway.connection.Closing;
import dev.llmsim.mode.Session;
import dev.llmsim.provider.SocketDialect;
import dev.llmsim.telemetry.Counter;
import dev.llmsim.telemetry.Traffic;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.DefaultHttpRequest;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpVersion;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A sequence of requests on one socket, of which one is served at a time: to the rest of the gateway a connection like any
 * other, whose HTTP a {@link SocketEncoder} turns into messages. On the connection's loop only.
 */
final class SocketLane implements Exchange.Owner {
    private final ChannelHandlerContext ctx;
    private final SocketLanes socket;
    private final SocketEncoder encoder;
    private final SocketDialect.Speaker speaker;
    private final Deque<Bytes> waiting = new ArrayDeque<>();
    private @Nullable Exchange exchange;
    private @Nullable Stage stage;
    private boolean closed;

    /** @param ctx behind {@code encoder}, by which {@code speaker} speaks */
    SocketLane(ChannelHandlerContext ctx, SocketLanes socket, SocketEncoder encoder, SocketDialect.Speaker speaker) {
        this.ctx = ctx;
        this.socket = socket;
        this.encoder = encoder;
        this.speaker = speaker;
    }

    ChannelHandlerContext ctx() {
        return ctx;
    }

    SocketDialect.Speaker speaker() {
        return speaker;
    }

    /** What comes of {@code steering}, which is for the answer under way. */
    SocketDialect.Steered steer(SocketDialect.Message.Steering steering) {
        Exchange answered = exchange;
        return speaker.steer(steering, answered != null && answered.isMadeUp());
    }

    /** Leaves the rest of the answer under way unsaid; {@code next} asks {@code successor}, and then what waits here. */
    void giveWayTo(SocketLane next, SocketDialect.Successor successor) {
        encoder.silence();
        next.waiting.addAll(waiting);
        waiting.clear();
        next.begin(successor.body(), successor.headers());
    }

    /** Asks {@code body} when those before it have been answered. */
    void ask(Bytes body) {
        waiting.add(body);
        serve();
    }

    private void serve() {
        while (exchange == null && !closed && !waiting.isEmpty()) {
            begin(waiting.remove(), Headers.EMPTY);
        }
    }

    private void begin(Bytes asked, Headers more) {
        Bytes body = speaker.asking(asked);
        Exchange begun = new Exchange(ctx, request(body), socket.gate(), socket.parts(), this);
        exchange = begun;
        socket.parts().counters().increment(Counter.REQUESTS);
        socket.parts().counters().increment(Counter.OPEN_EXCHANGES);
        begun.routed(socket.route(), socket.session(), Traffic.Kind.WEBSOCKET);
        begun.requestEnded();
        Request head = begun.head();
        Headers marked =
                head.headers().with(SocketDialect.SOCKET_HEADER, socket.id()).and(more);
        socket.deciding().ask(begun, new Request(head.upstream(), head.method(), head.target(), marked, body));
    }

    /** The request that a message stands for: with the credentials and other headers of the socket. */
    private HttpRequest request(Bytes body) {
        HttpRequest opening = socket.opening();
        HttpRequest request = new DefaultHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.POST, opening.uri());
        opening.headers().forEach(line -> {
            String name = line.getKey().toLowerCase(Locale.ROOT);
            if (!name.startsWith("sec-websocket-") && !name.equals("connection") && !name.equals("upgrade")) {
                request.headers().add(line.getKey(), line.getValue());
            }
        });
        request.headers().set("content-type", "application/json").set("content-length", body.length());
        return request;
    }

    @Override
    public void entered(Stage next) {
        stage = next;
    }

    @Override
    public void ended(Closing closing) {
        exchange = null;
        stage = null;
        if (closing == Closing.CLOSE || closing == Closing.RESET) {
            closed = true;
            closing.apply(ctx.channel());
            return;
        }
        serve();
        socket.oneLess(this);
    }

    /** Takes itself out of the pipeline. */
    void leave() {
        ctx.pipeline().remove(encoder);
        ctx.pipeline().remove(ctx.handler());
    }

    @Override
    public void inSession(Session session) {}

    void writabilityChanged() {
        if (stage != null) {
            stage.writabilityChanged();
        }
    }

    void clientGone() {
        closed = true;
        waiting.clear();
        if (stage != null) {
            stage.clientGone();
        }
    }

    void abandon() {
        closed = true;
        waiting.clear();
        if (stage != null) {
            stage.abandon();
        }
    }
}
