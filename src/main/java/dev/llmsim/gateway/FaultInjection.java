package dev.llmsim.gateway;

import dev.llmsim.exchange.LlmSimException;
import dev.llmsim.exchange.Response;
import dev.llmsim.mode.Decision;
import dev.llmsim.mode.Session;
import dev.llmsim.provider.Dialect;
import dev.llmsim.synth.faults.Fault;
import dev.llmsim.synth.faults.FaultyAnswer;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import java.util.List;
import java.util.Optional;

/**
 * Which faults an answer has: what its request, its session or the gateway asks for, the first of these that names faults, or
 * says that there are none. Those of a session and of the gateway are for POST alone, which is what models are asked by.
 */
final class FaultInjection {
    /** The faults of one request, in a header that no upstream sees. */
    static final String HEADER = FaultyAnswer.HEADER;

    private final GatewayParts parts;

    FaultInjection(GatewayParts parts) {
        this.parts = parts;
    }

    /** What is wrong with the faults that {@code wire} asks for; empty where nothing is. */
    Optional<String> objection(HttpRequest wire) {
        if (!wire.headers().contains(HEADER)) {
            return Optional.empty();
        }
        if (Sockets.isAsked(wire)) {
            return Optional.of("header " + HEADER + ": given for a WebSocket (expected: a request of its own; or faults"
                    + " of the session, " + FaultsPage.PLACE + ")");
        }
        try {
            ofRequest(wire);
            return Optional.empty();
        } catch (LlmSimException e) {
            return Optional.of("header " + HEADER + ": " + e.getMessage());
        }
    }

    /** {@code respond} with the faults of this time. */
    Decision.Respond on(Exchange exchange, Decision.Respond respond) {
        List<Fault> drawn = drawn(exchange);
        if (drawn.isEmpty()) {
            return respond;
        }
        Dialect dialect = exchange.route().dialect();
        Response paced = parts.player().paced(respond.response());
        FaultyAnswer faulty =
                FaultyAnswer.of(paced, drawn, dialect, exchange.route().path());
        return faulty.faults().isEmpty() ? respond : respond.with(faulty.response(), faulty.faults());
    }

    /** What is to be done to the answer of this time; each call draws anew. */
    List<Fault> drawn(Exchange exchange) {
        HttpRequest wire = exchange.wire();
        Session session = exchange.session();
        if (wire.headers().contains(HEADER)) {
            return session.faultsOfThisTime(ofRequest(wire));
        }
        if (!wire.method().equals(HttpMethod.POST)) {
            return List.of();
        }
        return session.faultsOfThisTime(session.faults().orElseGet(parts.sessions()::faults));
    }

    private static List<Fault> ofRequest(HttpRequest wire) {
        return Fault.parseAll(String.join(",", wire.headers().getAll(HEADER)));
    }
}
