package dev.llmsim.gateway;

import dev.llmsim.mode.Mode;
import dev.llmsim.mode.Session;
import dev.llmsim.provider.Dialect;
import dev.llmsim.provider.SocketDialect;
import dev.llmsim.telemetry.Counter;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/** Opens WebSockets where what is asked on them can be answered without a network, up to a number at a time. Thread-safe. */
final class Sockets {
    private final Map<Dialect, SocketDialect> dialects;
    private final Deciding deciding;
    private final GatewayParts parts;
    private final Limits limits;
    private final AtomicInteger open = new AtomicInteger();

    Sockets(Deciding deciding, GatewayParts parts, Limits limits) {
        this.deciding = deciding;
        this.dialects = parts.sockets();
        this.parts = parts;
        this.limits = limits;
    }

    static boolean isAsked(HttpRequest request) {
        String upgrade = request.headers().get(HttpHeaderNames.UPGRADE);
        return upgrade != null && upgrade.toLowerCase(Locale.ROOT).contains("websocket");
    }

    /** The objection to a WebSocket that cannot be had. */
    static RequestGuard.Objection unsupported(String why) {
        return new RequestGuard.Objection(
                501,
                "upgrade: websocket (expected: plain HTTP; " + why + ", use the provider's HTTP streaming endpoint)",
                true);
    }

    /** Opens a socket for {@code exchange}, or says why not. */
    Optional<RequestGuard.Objection> open(Exchange exchange, Route route, Session session) {
        Mode mode = parts.decider().mode();
        if (!mode.looksUp() || mode.connects()) {
            return Optional.of(unsupported(
                    "serve and replay alone answer on WebSockets, what is asked on them cannot be recorded yet"));
        }
        Optional<SocketDialect> spoken = spoken(exchange.wire(), route);
        if (spoken.isEmpty()) {
            return Optional.of(unsupported("there is no WebSocket at this path"));
        }
        if (open.incrementAndGet() > limits.maxWebSockets()) {
            open.decrementAndGet();
            return Optional.of(new RequestGuard.Objection(
                    503,
                    "upgrade: " + limits.maxWebSockets()
                            + " WebSockets are open (expected: fewer; close some, or raise --max-websocket-connections)",
                    true));
        }
        parts.counters().increment(Counter.OPEN_WEBSOCKETS);
        parts.counters().traffic().webSockets(1);
        exchange.routed(route, session, null);
        exchange.become(new SocketStage(
                exchange,
                new SocketStage.Setting(deciding, parts, spoken.get(), (int) limits.maxRequestBytes(), this::closed)));
        return Optional.empty();
    }

    private Optional<SocketDialect> spoken(HttpRequest request, Route route) {
        return Optional.ofNullable(dialects.get(route.dialect()))
                .filter(dialect -> request.method().equals(HttpMethod.GET) && dialect.opensAt(path(route.target())));
    }

    private void closed() {
        open.decrementAndGet();
        parts.counters().decrement(Counter.OPEN_WEBSOCKETS);
        parts.counters().traffic().webSockets(-1);
    }

    private static String path(String target) {
        int query = target.indexOf('?');
        return query < 0 ? target : target.substring(0, query);
    }
}
