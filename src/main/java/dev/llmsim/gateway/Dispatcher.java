package dev.llmsim.gateway;

import dev.llmsim.exchange.Bytes;
import dev.llmsim.exchange.Request;
import dev.llmsim.gateway.connection.Cors;
import dev.llmsim.mode.Decision;
import dev.llmsim.mode.Mode;
import dev.llmsim.mode.Session;
import dev.llmsim.provider.Dialect;
import dev.llmsim.provider.Upstream;
import dev.llmsim.recorder.Capture;
import dev.llmsim.synth.faults.Fault;
import dev.llmsim.telemetry.Counter;
import io.netty.channel.EventLoop;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.DefaultLastHttpContent;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Leads each request to the stage that serves it: own page, refusal, upstream or player. Stateless. */
final class Dispatcher {
    private static final Logger LOG = LoggerFactory.getLogger(Dispatcher.class);

    private final GatewayConfig config;
    private final GatewayParts parts;
    private final UpstreamConnector connector;
    private final RequestGuard guard;
    private final OwnPages pages;
    private final Refusals refusals;
    private final Lookup lookup = new Lookup();
    private final Sockets sockets;
    private final FaultInjection faults;

    Dispatcher(GatewayConfig config, GatewayParts parts, UpstreamConnector connector) {
        this.config = config;
        this.parts = parts;
        this.connector = connector;
        this.guard = new RequestGuard(config.host(), config.limits().maxHeadBytes());
        this.pages = new OwnPages(config, parts);
        this.refusals = new Refusals(parts.envelopes());
        this.faults = new FaultInjection(parts);
        this.sockets = new Sockets(this, parts, config.limits());
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
        if (parts.decider().mode().looksUp()) {
            new Buffering(exchange, lookup, config.limits().maxRequestBytes()).begin();
            return;
        }
        Request head = exchange.head();
        Decision decision;
        try {
            decision = parts.decider().decideByHead(head, session);
        } catch (RuntimeException e) {
            failed(exchange, e);
            return;
        }
        act(exchange, decision, null);
    }

    /** Serves {@code request}, which is whole, on an exchange that is routed; only in a mode that looks up. */
    void ask(Exchange exchange, Request request) {
        decide(exchange, new Collected(request, Wire.empty()));
    }

    /** Those who look a request up. */
    private final class Lookup implements Buffering.Reader {
        @Override
        public void whole(Exchange exchange, Bytes body, HttpHeaders trailers) {
            decide(exchange, new Collected(exchange.head().withBody(body), trailers));
        }

        @Override
        public void tooLong(Exchange exchange) {
            tooLarge(exchange);
        }
    }

    /**
     * A request as it was collected.
     *
     * @param trailers that came after a chunked body
     */
    private record Collected(Request request, HttpHeaders trailers) {}

    private void tooLarge(Exchange exchange) {
        answer(
                exchange,
                refusals.of(
                                exchange.route().dialect(),
                                413,
                                "request body: longer than " + config.limits().maxRequestBytes()
                                        + " bytes (expected: less; raise --max-request, or use a mode that does not look up)")
                        .closing());
    }

    /** Asks for the decision on a whole request, and acts on it. */
    private void decide(Exchange exchange, Collected collected) {
        parts.player().requestEnded(exchange.ctx().channel());
        try {
            parts.decider().decide(collected.request(), exchange.session()).whenComplete((decision, failure) -> {
                Runnable act = () -> decided(exchange, decision, failure, collected);
                EventLoop loop = exchange.loop();
                if (loop.inEventLoop()) {
                    act.run();
                } else {
                    loop.execute(act);
                }
            });
        } catch (RuntimeException e) {
            failed(exchange, e);
        }
    }

    private void decided(
            Exchange exchange, @Nullable Decision decision, @Nullable Throwable failure, Collected collected) {
        if (exchange.isOver()) {
            return;
        }
        if (decision == null) {
            failed(exchange, failure);
        } else {
            act(exchange, decision, collected);
        }
    }

    private void act(Exchange exchange, Decision decision, @Nullable Collected collected) {
        if (decision instanceof Decision.Forward forward) {
            forward(exchange, forward, collected);
        } else if (decision instanceof Decision.Respond respond) {
            Playing.start(exchange, parts.player(), faults.on(exchange, respond));
        } else if (decision instanceof Decision.Refuse refuse) {
            answer(exchange, refusals.of(refuse.refusal()));
        }
    }

    private void forward(Exchange exchange, Decision.Forward forward, @Nullable Collected collected) {
        Upstream upstream = forward.upstream();
        Optional<URI> base = upstream.base();
        if (base.isEmpty()) {
            answer(
                    exchange,
                    refusals.of(
                            exchange.route().dialect(),
                            502,
                            "upstream: " + upstream.name()
                                    + " has no URL (expected: its host; start llmsim with --upstream " + upstream.name()
                                    + "=https://HOST)"));
            return;
        }
        parts.counters().increment(Counter.FORWARDED);
        UpstreamAccess access = new UpstreamAccess(base.get(), connector, config.timeouts(), refusals);
        List<Fault> drawn = faults.drawn(exchange);
        Capture capture = forward.keep() && drawn.isEmpty() ? capture(exchange) : null;
        Tee tee = new Tee(capture, exchange.loop(), parts.counters());
        Forwarding forwarding = new Forwarding(exchange, access, tee, drawn);
        exchange.become(forwarding);
        forwarding.start(collected != null);
        if (collected != null) {
            send(forwarding, collected);
        }
    }

    private static void send(Forwarding forwarding, Collected collected) {
        Bytes body = collected.request().body();
        if (!body.isEmpty()) {
            forwarding.content(new DefaultHttpContent(Wire.buffer(body)));
        }
        DefaultLastHttpContent last = new DefaultLastHttpContent();
        last.trailingHeaders().set(collected.trailers());
        forwarding.content(last);
        forwarding.readComplete();
    }

    private @Nullable Capture capture(Exchange exchange) {
        try {
            return parts.captures().begin(exchange.head());
        } catch (RuntimeException e) {
            LOG.error("The recorder failed to begin; this exchange is not recorded.", e);
            parts.counters().increment(Counter.CAPTURES_GIVEN_UP);
            return null;
        }
    }

    private void failed(Exchange exchange, @Nullable Throwable cause) {
        LOG.error("Deciding about a request failed.", cause);
        answer(
                exchange,
                refusals.of(
                        exchange.route().dialect(),
                        500,
                        "llmsim failed while it decided about this request; its log says why (please report it)"));
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
