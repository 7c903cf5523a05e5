package dev.llmsim.mode;

import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/** What is known of a request before recordings are looked up. */
public sealed interface Prelude {
    /** It is decided: a script answers. */
    record Decided(Decision decision) implements Prelude {}

    /**
     * Recordings come first.
     *
     * @param otherwise the answer of the simulator where there is no recording; empty where it has none
     */
    record Undecided(Supplier<CompletionStage<Optional<Decision>>> otherwise) implements Prelude {}
}
