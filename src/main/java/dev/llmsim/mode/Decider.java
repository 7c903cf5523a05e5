package dev.llmsim.mode;

import dev.llmsim.exchange.Request;
import java.util.concurrent.CompletionStage;

/** Decides what becomes of requests, each in its session. What the gateway knows of modes, matching and recordings. */
public interface Decider {
    Mode mode();

    /**
     * The decision for a request of which only the head is known (its body is empty). Called on an event loop by modes that
     * do not look up.
     */
    Decision decideByHead(Request head, Session session);

    /**
     * The decision for a whole request as it came from the client. Called on an event loop by modes that look up; heavy
     * work goes to another thread, on which the stage may complete.
     */
    CompletionStage<Decision> decide(Request request, Session session);
}
