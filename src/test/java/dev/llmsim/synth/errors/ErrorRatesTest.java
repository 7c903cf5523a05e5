package dev.llmsim.synth.errors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ErrorRatesTest {
    private static final int DRAWS = 100_000;

    @Test
    void eachErrorIsAsFrequentAsItsRateSays() {
        Map<Integer, Double> shares = shares(ErrorRates.CHAOS);

        assertThat(shares.get(429)).isCloseTo(0.1, within(0.005));
        assertThat(shares.get(500)).isCloseTo(0.035, within(0.003));
        assertThat(shares.get(503)).isCloseTo(0.015, within(0.002));
        assertThat(shares.get(504)).isCloseTo(0.05, within(0.003));
        assertThat(shares.get(400)).isCloseTo(0.02, within(0.002));
        assertThat(shares.get(401)).isCloseTo(0.01, within(0.002));
        assertThat(shares).hasSize(6);
    }

    @Test
    void oneRollDecidesInTheOrderOfTheRates() {
        ErrorRates tooMany = new ErrorRates(0.6, 0.4, 1, Duration.ZERO, 1, 1);

        assertThat(shares(tooMany)).containsOnlyKeys(429, 500, 503);
    }

    @Test
    void zeroIsNeverAndOneIsAlways() {
        SplittableRandom random = new SplittableRandom(1);
        ErrorRates always = new ErrorRates(0, 0, 0, Duration.ZERO, 0, 1);

        assertThat(ErrorRates.NONE.isNone()).isTrue();
        assertThat(always.isNone()).isFalse();
        assertThat(IntStream.range(0, DRAWS).mapToObj(i -> ErrorRates.NONE.draw(random)))
                .allMatch(error -> error.isEmpty());
        assertThat(IntStream.range(0, DRAWS).mapToObj(i -> always.draw(random)))
                .allMatch(error -> error.orElseThrow().status() == 401);
    }

    @Test
    void waitsAreTold() {
        SplittableRandom random = new SplittableRandom(2);
        ErrorRates limited = new ErrorRates(1, 0, 0, Duration.ZERO, 0, 0);
        int[] seconds = IntStream.range(0, 10_000)
                .map(i -> Integer.parseInt(limited.draw(random)
                        .orElseThrow()
                        .headers()
                        .first("retry-after")
                        .orElseThrow()))
                .toArray();

        assertThat(IntStream.of(seconds).min()).hasValue(1);
        assertThat(IntStream.of(seconds).max()).hasValue(59);
        ErrorRates broken = new ErrorRates(0, 1, 0, Duration.ZERO, 0, 0);
        assertThat(IntStream.range(0, 100).mapToObj(i -> broken.draw(random).orElseThrow()))
                .allMatch(error -> error.headers()
                        .first("retry-after")
                        .equals(error.status() == 503 ? java.util.Optional.of("60") : java.util.Optional.empty()));
        ErrorRates late = new ErrorRates(0, 0, 1, Duration.ofSeconds(5), 0, 0);
        assertThat(late.draw(random).orElseThrow().delay()).isEqualTo(Duration.ofSeconds(5));
    }

    @ParameterizedTest
    @ValueSource(doubles = {-0.1, 1.01, Double.NaN, Double.POSITIVE_INFINITY})
    void aRateThatIsNoneIsNamed(double rate) {
        assertThatThrownBy(() -> new ErrorRates(0, rate, 0, Duration.ZERO, 0, 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("server error rate: " + rate + " (expected: a number from 0");
    }

    @Test
    void aWaitIsNotNegative() {
        assertThatThrownBy(() -> new ErrorRates(0, 0, 0, Duration.ofMillis(-1), 0, 0))
                .hasMessageContaining("timeout after: -1 ms");
    }

    @Test
    void ratesHaveNames() {
        assertThat(ErrorRates.names()).allMatch(name -> ErrorRates.byName(name).isPresent());
        assertThat(ErrorRates.byName("Rate-Limited")).contains(ErrorRates.RATE_LIMITED);
        assertThat(ErrorRates.byName("calm")).isEmpty();
    }

    private static Map<Integer, Double> shares(ErrorRates rates) {
        SplittableRandom random = new SplittableRandom(42);
        Map<Integer, Double> shares = new HashMap<>();
        for (int i = 0; i < DRAWS; i++) {
            rates.draw(random).ifPresent(error -> shares.merge(error.status(), 1.0 / DRAWS, Double::sum));
        }
        return shares;
    }
}
