package dev.llmsim.provider.simulation;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * How much of its limits a caller has left for one model.
 *
 * @param now the moment at which that is so
 */
public record Allowance(Instant now, Map<RateLimit, Level> levels) {
    /**
     * One limit.
     *
     * @param remaining never negative
     * @param untilFull until all of it would be there again, if nothing more were used
     */
    public record Level(long limit, long remaining, Duration untilFull) {
        public Level {
            Objects.requireNonNull(untilFull);
        }
    }

    public Allowance {
        Objects.requireNonNull(now);
        levels = Map.copyOf(levels);
    }

    public Optional<Level> of(RateLimit limit) {
        return Optional.ofNullable(levels.get(limit));
    }
}
