package dev.llmsim.gateway;

import dev.llmsim.exchange.Bytes;
import dev.llmsim.exchange.Request;
import dev.llmsim.mode.Decision;
import io.netty.channel.EventLoop;
import io.netty.handler.codec.http.HttpHeaders;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Serves requests of which it is known where they go: asks for the decision, and acts on it. Stateless. */
final class Deciding {
    private static final Logger LOG = LoggerFactory.getLogger(Deciding.class);

    private final GatewayParts parts;
    private final long maxRequestBytes;
    private final Refusals refusals;
    private final FaultInjection faults;
    private final Forwarder forwarder;
    private final Lookup lookup = new Lookup();

    Deciding(GatewayConfig config, GatewayParts parts, UpstreamConnector connector, FaultInjection faults) {
        this.parts = parts;
        this.maxRequestBytes = config.limits().maxRequestBytes();
        this.refusals = new Refusals(parts.envelopes());
        this.faults = faults;
        this.forwarder = new Forwarder(config.timeouts(), parts, connector, faults);
    }

    /** Begins to serve {@code exchange}, which is routed: at once, or where the mode looks up, when all of it is there. */
    void begin(Exchange exchange) {
        if (parts.decider().mode().looksUp()) {
            new Buffering(exchange, lookup, maxRequestBytes).begin();
            return;
        }
        Request head = exchange.head();
        Decision decision;
        try {
            decision = parts.decider().decideByHead(head, exchange.session());
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
    record Collected(Request request, HttpHeaders trailers) {}

    private void tooLarge(Exchange exchange) {
        answer(
                exchange,
                refusals.of(
                                exchange.route().dialect(),
                                413,
                                "request body: longer than " + maxRequestBytes
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
            forwarder.forward(exchange, forward, collected);
        } else if (decision instanceof Decision.Respond respond) {
            Playing.start(exchange, parts.player(), faults.on(exchange, respond));
        } else if (decision instanceof Decision.Refuse refuse) {
            answer(exchange, refusals.of(refuse.refusal()));
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
}
