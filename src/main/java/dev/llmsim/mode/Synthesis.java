package dev.llmsim.mode;

import dev.llmsim.exchange.Request;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** Answers what was never recorded. */
@FunctionalInterface
public interface Synthesis {
    /**
     * The answer to {@code request} as it came from the client; empty where nothing simulates its provider. Called on an event
     * loop: heavy work goes elsewhere.
     */
    CompletionStage<Optional<Decision>> answer(Request request);
}
