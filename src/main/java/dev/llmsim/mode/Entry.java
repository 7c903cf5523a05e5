package dev.llmsim.mode;

import dev.llmsim.exchange.Recording;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/**
 * A recording as the library knows it: enough to find it, and a way to get it.
 *
 * @param cassette the cassette's name
 * @param id names it within the cassette
 * @param methodAndPath for example {@code POST /v1/messages}; what near misses are looked for by
 * @param loader gets the recording without blocking its caller; may complete on a thread of its own
 */
public record Entry(
        String cassette,
        String id,
        String methodAndPath,
        EntryKeys keys,
        Outcome outcome,
        Supplier<CompletionStage<Recording>> loader) {

    public CompletionStage<Recording> load() {
        return loader.get();
    }
}
