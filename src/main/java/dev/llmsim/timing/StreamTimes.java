package dev.llmsim.timing;

import java.util.List;

/**
 * When the tokens of one recorded stream came.
 *
 * @param promptTokens those that had to be read for it
 * @param gapMillis from each token to the next
 */
public record StreamTimes(int promptTokens, double ttftMillis, List<Double> gapMillis) {
    public StreamTimes {
        gapMillis = List.copyOf(gapMillis);
    }
}
