package dev.llmsim.gateway;

import dev.llmsim.exchange.Bytes;
import dev.llmsim.gateway.connection.Cors;
import dev.llmsim.mode.Mode;
import dev.llmsim.mode.Session;
import dev.llmsim.provider.Dialect;
import dev.llmsim.telemetry.Counter;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import java.net.InetSocketAddress;
import java.util.Optional;

/** Leads each request to who serves it: an own page, a refusal, a socket, or a decision. Stateless. */
final class Dispatcher {
    private final GatewayParts parts;
    private final RequestGuard guard;
    private final OwnPages pages;
    private final Refusals refusals;
    private final Deciding deciding;
    private final Sockets sockets;
    private final FaultInjection faults;

    Dispatcher(GatewayConfig config, GatewayParts parts, UpstreamConnector connector) {
        this.parts = parts;
        this.guard = new RequestGuard(config.host(), config.limits().maxHeadBytes());
        this.pages = new OwnPages(config, parts);
        this.refusals = new Refusals(parts.envelopes());
        this.faults = new FaultInjection(parts);
        this.deciding = new Deciding(config, parts, connector, faults);
        this.sockets = new Sockets(deciding, parts, config.limits());
    }

    /** Begins to serve an exchange of which the head is known. */
    void begin(Exchange exchange) {
        HttpRequest wire = exchange.wire();
        Optional<RequestGuard.Objection> objection = guard.objection(wire, local(exchange));
        if (objection.isPresent()) {
            object(exchange, objection.get());
            return;
        }
        String target = originForm(wire.uri());
        if (Sockets.isAsked(wire)) {
            parts.routes()
                    .route(SessionPrefix.without(target))
                    .ifPresentOrElse(
                            route -> routed(exchange, route, target),
                            () -> object(exchange, Sockets.unsupported("there is no WebSocket at this path")));
            return;
        }
        Optional<OwnPages.Visit> own = pages.visit(wire, Route.path(target), remote(exchange));
        if (own.isPresent()) {
            visited(exchange, own.get());
        } else if (Cors.isPreflight(wire) || isAnyOptionOfOurs(wire)) {
            answer(exchange, OwnAnswer.of(200, Cors.preflight(wire.headers()), Bytes.EMPTY));
        } else {
            parts.routes()
                    .route(SessionPrefix.without(target))
                    .ifPresentOrElse(route -> routed(exchange, route, target), () -> lost(exchange, target));
        }
    }

    /** The simulator is asked by pages alone for what a resource can do: whatever the question, it is permitted. */
    private boolean isAnyOptionOfOurs(HttpRequest wire) {
        return parts.decider().mode() == Mode.SIMULATE && wire.method().equals(HttpMethod.OPTIONS);
    }

    /** Refuses a request whose body turned out to be undecodable, or did not come. */
    void broken(Exchange exchange, Throwable cause) {
        object(exchange, guard.undecodable(cause));
    }

    /** Refuses a request of which nothing came for too long. */
    void tooSlow(Exchange exchange) {
        object(exchange, slowness());
    }

    /** The answer to a connection on which a head has begun and does not end. */
    OwnAnswer tooSlow() {
        return refusals.of(Dialect.RAW, slowness());
    }

    private static RequestGuard.Objection slowness() {
        return new RequestGuard.Objection(
                408, "request: nothing arrived for too long (expected: the rest of it; send it again)", true);
    }

    private void object(Exchange exchange, RequestGuard.Objection objection) {
        parts.counters().increment(Counter.BAD_REQUESTS);
        Dialect dialect = parts.routes()
                .route(SessionPrefix.without(originForm(exchange.wire().uri())))
                .map(Route::dialect)
                .orElse(Dialect.RAW);
        answer(exchange, refusals.of(dialect, objection));
    }

    private void lost(Exchange exchange, String target) {
        answer(
                exchange,
                refusals.of(
                        Dialect.RAW,
                        404,
                        "path: " + Route.path(target) + " (expected: /NAME/... with one of the upstreams "
                                + String.join(", ", parts.routes().names())
                                + "; add one with --upstream NAME=URL)"));
    }

    private void visited(Exchange exchange, OwnPages.Visit visit) {
        if (!visit.takesBody()) {
            answer(exchange, visit.answer().apply(Bytes.EMPTY));
            return;
        }
        Buffering.Reader page = new Buffering.Reader() {
            @Override
            public void whole(Exchange asked, Bytes body, HttpHeaders trailers) {
                answer(asked, visit.answer().apply(body));
            }

            @Override
            public void tooLong(Exchange asked) {
                answer(asked, pages.tooLong());
            }
        };
        new Buffering(exchange, page, OwnPages.MAX_BODY_BYTES).begin();
    }

    private void routed(Exchange exchange, Route route, String target) {
        Optional<String> wrongFaults = faults.objection(exchange.wire());
        if (wrongFaults.isPresent()) {
            answer(exchange, refusals.of(route.dialect(), 400, wrongFaults.get()));
            return;
        }
        SessionNaming naming = SessionNaming.of(exchange.wire(), target);
        if (naming == null) {
            served(exchange, route, parts.sessions().usual());
        } else if (Session.isId(naming.id())) {
            served(exchange, route, parts.sessions().at(naming.id()));
        } else {
            answer(exchange, refusals.of(route.dialect(), 400, naming.objection()));
        }
    }

    private void served(Exchange exchange, Route route, Session session) {
        if (Sockets.isAsked(exchange.wire())) {
            sockets.open(exchange, route, session).ifPresent(objection -> object(exchange, objection));
            return;
        }
        exchange.routed(route, session);
        deciding.begin(exchange);
    }

    private static void answer(Exchange exchange, OwnAnswer answer) {
        exchange.become(Answered.with(exchange, answer));
    }

    /** The path and query of a target that may be in absolute form. */
    private static String originForm(String target) {
        int scheme = target.indexOf("://");
        if (target.startsWith("/") || scheme < 0) {
            return target;
        }
        int slash = target.indexOf('/', scheme + 3);
        return slash < 0 ? "/" : target.substring(slash);
    }

    private static InetSocketAddress local(Exchange exchange) {
        return (InetSocketAddress) exchange.ctx().channel().localAddress();
    }

    private static InetSocketAddress remote(Exchange exchange) {
        return (InetSocketAddress) exchange.ctx().channel().remoteAddress();
    }
}
