package dev.llmsim.gateway;

import dev.llmsim.exchange.Bytes;
import dev.llmsim.mode.Decision;
import dev.llmsim.provider.Upstream;
import dev.llmsim.recorder.Capture;
import dev.llmsim.synth.faults.Fault;
import dev.llmsim.telemetry.Counter;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.DefaultLastHttpContent;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Begins to forward requests: with a capture where they are kept, with faults where these are asked for. Stateless. */
final class Forwarder {
    private static final Logger LOG = LoggerFactory.getLogger(Forwarder.class);

    private final Timeouts timeouts;
    private final GatewayParts parts;
    private final UpstreamConnector connector;
    private final Refusals refusals;
    private final FaultInjection faults;

    Forwarder(Timeouts timeouts, GatewayParts parts, UpstreamConnector connector, FaultInjection faults) {
        this.timeouts = timeouts;
        this.parts = parts;
        this.connector = connector;
        this.refusals = new Refusals(parts.envelopes());
        this.faults = faults;
    }

    /** Passes {@code exchange} to its upstream; {@code collected} is its request where that is whole already. */
    void forward(Exchange exchange, Decision.Forward forward, Deciding.@Nullable Collected collected) {
        Upstream upstream = forward.upstream();
        Optional<URI> base = upstream.base();
        if (base.isEmpty()) {
            exchange.become(Answered.with(
                    exchange,
                    refusals.of(
                            exchange.route().dialect(),
                            502,
                            "upstream: " + upstream.name()
                                    + " has no URL (expected: its host; start llmsim with --upstream " + upstream.name()
                                    + "=https://HOST)")));
            return;
        }
        parts.counters().increment(Counter.FORWARDED);
        UpstreamAccess access = new UpstreamAccess(base.get(), connector, timeouts, refusals);
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

    private static void send(Forwarding forwarding, Deciding.Collected collected) {
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
}
