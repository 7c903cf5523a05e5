package dev.llmsim.recorder;

import dev.llmsim.exchange.RawExchange;
import dev.llmsim.exchange.Recording;
import java.util.Optional;

/** Shows that a recording answers its own request with what the client was sent. */
@FunctionalInterface
public interface SelfProof {
    /**
     * Why {@code onTape} would not replay as {@code sent}; absent where it would.
     *
     * @param onTape read back from the tape
     */
    Optional<String> prove(Recording onTape, RawExchange sent);
}
