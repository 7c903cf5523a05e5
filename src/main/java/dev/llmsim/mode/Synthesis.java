package dev.llmsim.mode;

import dev.llmsim.exchange.Request;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Answers what was never recorded. */
@FunctionalInterface
public interface Synthesis {
    /** Answers nothing. */
    Synthesis NONE = (request, session) -> CompletableFuture.completedFuture(Optional.empty());

    /**
     * The answer to {@code request} as it came from the client, in {@code session}; empty where there is none. Called on an event
     * loop: heavy work goes elsewhere.
     */
    CompletionStage<Optional<Decision>> answer(Request request, Session session);

    /** What comes before recordings are looked up: nothing, where there is no script. Called as {@link #answer} is. */
    default CompletionStage<Prelude> before(Request request, Session session) {
        return CompletableFuture.completedFuture(new Prelude.Undecided(() -> answer(request, session)));
    }
}
