package dev.llmsim.provider.simulation;

import dev.llmsim.exchange.Bytes;
import java.util.Objects;

/**
 * Bytes that leave together, once a number of tokens has been generated.
 *
 * @param tokens 0 and 1: with the first token; {@code n}: with the n-th, over all choices; beyond the last: with the last
 */
public record Piece(int tokens, Bytes bytes) {
    public Piece {
        Objects.requireNonNull(bytes);
        if (tokens < 0) {
            throw new IllegalArgumentException("tokens: " + tokens + " (expected: >= 0)");
        }
    }
}
