package dev.llmsim.mode;

import dev.llmsim.exchange.Request;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Says why no recording answers a request, and what to do. */
@FunctionalInterface
public interface MissExplainer {
    /**
     * The nearest recording, the first difference and the remedy, in words. Must not block its caller.
     *
     * @param redacted the request, without secrets
     */
    CompletionStage<String> explain(Request redacted, Library library);

    /** Knows only how many recordings there are. */
    static MissExplainer counting() {
        return (redacted, library) -> CompletableFuture.completedFuture("None of the " + library.size()
                + " recordings that can be served has its key. Record it: llmsim record, or llmsim auto.");
    }
}
