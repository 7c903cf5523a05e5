package dev.llmsim.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.llmsim.timing.Distribution;
import dev.llmsim.timing.Quantiles;
import dev.llmsim.timing.Waits;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class AskedTest {
    private static final int DRAWS = 20_000;
    private static final Distribution NORMAL = new Distribution(Distribution.Shape.NORMAL, 25, 8);

    static Stream<Waits> waits() {
        return Stream.of(
                NORMAL,
                new Distribution(Distribution.Shape.NORMAL, 2, 2),
                new Distribution(Distribution.Shape.LOG_NORMAL, 400, 300),
                new Quantiles(List.of(0.0, 0.5, 0.99, 1.0), List.of(300.0, 900.0, 4000.0, 9000.0)));
    }

    @ParameterizedTest
    @MethodSource("waits")
    void drawnWaitsAreThoseAskedFor(Waits waits) {
        Samples drawn = draw(waits, 50);
        Asked asked = new Asked(waits, 50);

        assertThat(drawn.distance(asked)).isLessThan(drawn.criticalDistance());
        assertThat(drawn.mean()).isCloseTo(asked.mean(), within(0.02 * asked.mean()));
        assertThat(drawn.quantile(0.9)).isCloseTo(asked.quantile(0.9), within(0.03 * asked.quantile(0.9)));
    }

    @Test
    void otherWaitsAreFound() {
        Samples drawn = draw(NORMAL, 0);

        assertThat(drawn.distance(new Asked(NORMAL, 1))).isGreaterThan(drawn.criticalDistance());
        assertThat(drawn.distance(new Asked(NORMAL.scaled(1.05), 0))).isGreaterThan(drawn.criticalDistance());
        assertThat(drawn.distance(new Asked(NORMAL.heavy(), 0))).isGreaterThan(drawn.criticalDistance());
    }

    @Test
    void theDistanceIsTheLargestDifferenceOfShares() {
        Quantiles even = new Quantiles(List.of(0.0, 1.0), List.of(0.0, 10.0));

        assertThat(Samples.of(new double[] {9, 5, 1, 3}).distance(new Asked(even, 0)))
                .isCloseTo(0.25, within(1e-9));
    }

    private static Samples draw(Waits waits, double shift) {
        SplittableRandom random = new SplittableRandom(3);
        double[] drawn = new double[DRAWS];
        Arrays.setAll(drawn, i -> waits.sample(random) + shift);
        return Samples.of(drawn);
    }
}
