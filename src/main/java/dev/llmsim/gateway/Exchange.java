package dev.llmsim.gateway;

import dev.llmsim.exchange.Bytes;
import dev.llmsim.exchange.Ending;
import dev.llmsim.exchange.Request;
import dev.llmsim.gateway.connection.Closing;
import dev.llmsim.mode.Session;
import dev.llmsim.synth.faults.Fault;
import dev.llmsim.telemetry.Counters;
import dev.llmsim.telemetry.Traffic;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.EventLoop;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** One request of a client and what has become of its answer so far. On the connection's loop only. */
final class Exchange {
    /** The connection that an exchange is on. */
    interface Owner {
        void ended(Closing closing);

        /** {@code session} answers; only told of one that the client named. */
        void inSession(Session session);

        /** {@code stage} takes over what remains to be done. */
        void entered(Stage stage);
    }

    private final ChannelHandlerContext ctx;
    private final HttpRequest wire;
    private final ReadGate gate;
    private final Owner owner;
    private final GatewayParts parts;
    private final long startNanos = System.nanoTime();

    private @Nullable Route route;
    private @Nullable Session session;
    private long requestEndNanos = startNanos;
    private boolean requestDone;
    private boolean draining;
    private int status;
    private String source = "gateway";
    private String match = "";
    private String faults = "";
    private long firstByteNanos = -1;
    private long bodyBytes;
    private boolean stopped;
    private boolean isCounted;
    private boolean over;

    Exchange(ChannelHandlerContext ctx, HttpRequest wire, ReadGate gate, GatewayParts parts, Owner owner) {
        this.ctx = ctx;
        this.wire = wire;
        this.gate = gate;
        this.parts = parts;
        this.owner = owner;
    }

    /** Hands what remains to be done to {@code stage}, unless nothing does. */
    void become(Stage stage) {
        if (!over) {
            owner.entered(stage);
        }
    }

    boolean isOver() {
        return over;
    }

    /** Whether a head was sent to the client. */
    boolean isAnswered() {
        return status != 0;
    }

    ChannelHandlerContext ctx() {
        return ctx;
    }

    /** Writes to the client; a failure shows as the connection's end. */
    void write(Object message) {
        var unused = ctx.write(message);
    }

    /** The same with a flush. */
    void send(Object message) {
        var unused = ctx.writeAndFlush(message);
    }

    EventLoop loop() {
        return ctx.channel().eventLoop();
    }

    HttpRequest wire() {
        return wire;
    }

    /** Reads from the client pass through it. */
    ReadGate gate() {
        return gate;
    }

    Counters counters() {
        return parts.counters();
    }

    /** It is known where the request goes, and to whom it belongs. */
    void routed(Route found, Session of) {
        routed(found, of, Traffic.Kind.of(wire.method().name(), found.path()));
    }

    /** The same, counted as one of {@code kind}; not at all where that is absent. */
    void routed(Route found, Session of, Traffic.@Nullable Kind kind) {
        route = found;
        session = of;
        of.began();
        if (!of.isDefault()) {
            owner.inSession(of);
        }
        isCounted = kind != null;
        if (kind != null) {
            parts.counters().traffic().begun(kind);
        }
    }

    /** Whose request it is. Only where it was {@link #routed}. */
    Session session() {
        if (session == null) {
            throw new IllegalStateException("an exchange was used as one of a session before it was");
        }
        return session;
    }

    Route route() {
        if (route == null) {
            throw new IllegalStateException("an exchange was used as routed before it was");
        }
        return route;
    }

    /** The request without its body, as those who decide and record see it: with every credential, so that none is written. */
    Request head() {
        Route known = route();
        Predicate<String> endToEnd = HopByHop.endToEnd(wire.headers());
        return new Request(
                known.upstream().name(),
                wire.method().name(),
                known.target(),
                Wire.headers(
                        wire.headers(),
                        name -> name.equals("proxy-authorization")
                                || (endToEnd.test(name) && !name.equals("transfer-encoding"))),
                Bytes.EMPTY);
    }

    void requestEnded() {
        requestDone = true;
        requestEndNanos = System.nanoTime();
    }

    /** Whether the last byte of the request has been read. */
    boolean requestDone() {
        return requestDone;
    }

    /** The gateway is about to stop: this connection takes no further request. */
    void drain() {
        draining = true;
    }

    boolean speaksHttp11() {
        return wire.protocolVersion().equals(HttpVersion.HTTP_1_1);
    }

    /** Whether the client's connection may serve another request, as far as the client and we are concerned. */
    boolean keepsAlive() {
        return !draining && requestDone && HttpUtil.isKeepAlive(wire);
    }

    /** Says in {@code headers} whether the connection stays open, where the protocol's default says otherwise. */
    void announce(HttpHeaders headers, boolean keeps) {
        if (keeps && !speaksHttp11()) {
            headers.set(HttpHeaderNames.CONNECTION, "keep-alive");
        } else if (!keeps) {
            headers.set(HttpHeaderNames.CONNECTION, "close");
        }
    }

    void answered(int newStatus, String newSource) {
        status = newStatus;
        source = newSource;
    }

    /** Whether what answers was neither recorded nor comes from upstream. */
    boolean isMadeUp() {
        return source.equals("synthetic") || source.equals("script");
    }

    void matched(String tier) {
        match = tier;
    }

    /** {@code fault} is done to the answer. */
    void faulted(Fault fault) {
        faults = faults.isEmpty() ? fault.text() : faults + "," + fault.text();
        Accounts.faulted(parts.counters(), fault.kind());
    }

    void sent(int bytes) {
        if (bytes > 0 && firstByteNanos < 0) {
            firstByteNanos = System.nanoTime();
        }
        bodyBytes += bytes;
    }

    /** A player has sent {@code bytes} of body, the first of them {@code ttftNanos} after the request; -1 where it sent none. */
    void sentInAll(long bytes, long ttftNanos) {
        bodyBytes = bytes;
        if (ttftNanos >= 0) {
            firstByteNanos = requestEndNanos + ttftNanos;
        }
    }

    /** The gateway stops, and the exchange is not over: the client sees its answer cut. */
    void stop() {
        stopped = true;
        end(Ending.CLIENT_CANCELLED, Closing.CLOSE);
    }

    /** The exchange has ended, and with it the connection as {@code closing} says. Only the first call counts. */
    void end(Ending ending, Closing closing) {
        if (over) {
            return;
        }
        over = true;
        RequestLog.Line line = line(ending);
        Accounts.ended(parts.counters(), line);
        if (session != null) {
            session.ended(source);
        }
        if (isCounted) {
            parts.counters().traffic().ended(status, line.durationNanos());
        }
        parts.log().ended(line);
        owner.ended(closing);
    }

    private RequestLog.Line line(Ending ending) {
        return new RequestLog.Line(
                wire.method().name(),
                Route.path(wire.uri()),
                route == null ? null : route.upstream().name(),
                session == null || session.isDefault() ? null : session.id(),
                source,
                match,
                faults,
                status,
                firstByteNanos < 0 ? -1 : Math.max(0, firstByteNanos - requestEndNanos),
                bodyBytes,
                ending,
                stopped,
                System.nanoTime() - startNanos);
    }
}
