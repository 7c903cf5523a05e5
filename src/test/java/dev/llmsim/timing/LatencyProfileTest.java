package dev.llmsim.timing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LatencyProfileTest {
    private static final int SAMPLES = 20_000;

    /** The distance that a sample of this size exceeds by chance once in a thousand times. */
    private static final double CRITICAL = 1.95 / Math.sqrt(SAMPLES);

    @ParameterizedTest
    @CsvSource({
        "gpt-5-mini-2025-08-07, gpt-5-mini",
        "gpt-5.1, gpt-5",
        "o3-mini, o-series",
        "o1, o-series",
        "gpt-4o-mini, gpt-4o",
        "gpt-4.1, gpt-4",
        "claude-opus-4-8, claude-opus",
        "claude-sonnet-4-5, claude-sonnet",
        "claude-3-5-haiku-latest, claude-haiku",
        "gemini-2.5-flash-lite, gemini-flash",
        "gemini-2.5-pro, gemini-pro",
        "deepseek-reasoner, deepseek-reasoner",
        "deepseek-r1, deepseek-reasoner",
        "DeepSeek-Chat, deepseek",
        "llama-3, gpt-5"
    })
    void aModelHasTheProfileOfItsFamily(String model, String profile) {
        assertThat(LatencyProfile.ofModel(model).name()).isEqualTo(profile);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "gpt5",
                "GPT-5",
                "gpt5-mini",
                "gpt-5-mini",
                "o3",
                "o4",
                "o-series",
                "gpt4",
                "gpt-4",
                "gpt4o",
                "gpt-4o",
                "opus",
                "claude-opus",
                "sonnet",
                "claude-sonnet",
                "haiku",
                "claude-haiku",
                "gemini",
                "gemini-pro",
                "gemini-flash",
                "deepseek",
                "deepseek-chat",
                "deepseek-reasoner",
                "instant",
                "fast",
                "gpt5-heavy"
            })
    void isFoundByEachOfItsNames(String name) {
        assertThat(LatencyProfile.byName(name)).isPresent();
    }

    @Test
    void anUnknownNameHasNone() {
        assertThat(LatencyProfile.byName("warp")).isEmpty();
    }

    @Test
    void normalWaitsFollowTheirDistributionDownToTheFloor() {
        LatencyProfile profile = LatencyProfile.byName("gpt-4o").orElseThrow();
        DoubleUnaryOperator gaps = ms -> ms < 1 ? 0 : normal((ms - 25) / 8);

        assertThat(distance(random -> profile.ttftMicros(50, random), ms -> normal((ms - 400) / 100)))
                .isLessThan(CRITICAL);
        assertThat(distance(profile::gapMicros, gaps)).isLessThan(CRITICAL);
    }

    @Test
    void heavyWaitsAreLogNormalWithTheSameMean() {
        LatencyProfile profile = LatencyProfile.byName("gpt-4o-heavy").orElseThrow();
        double sigma = Math.sqrt(Math.log1p(100.0 * 100 / (400.0 * 400)));
        double mu = Math.log(400) - sigma * sigma / 2;

        assertThat(distance(random -> profile.ttftMicros(0, random), ms -> normal((Math.log(ms) - mu) / sigma)))
                .isLessThan(CRITICAL);
        assertThat(Arrays.stream(samples(random -> profile.ttftMicros(0, random)))
                        .average()
                        .orElse(0))
                .isCloseTo(400, within(4.0));
    }

    @Test
    void theFirstTokenOfAHeavyProfileTakesLongerForALongerPrompt() {
        LatencyProfile profile = LatencyProfile.byName("sonnet-heavy").orElseThrow();

        long brief = profile.ttftMicros(0, new SplittableRandom(1));
        long longer = profile.ttftMicros(20_000, new SplittableRandom(1));

        assertThat(longer - brief).isEqualTo(500_000);
    }

    @Test
    void whatIsCachedNeedNotBeRead() {
        SplittableRandom random = new SplittableRandom(1);
        LatencyProfile flat = LatencyProfile.ofMillis(1000, 0, 0, 0);
        assertThat(flat.ttftMicros(4000, 0, random)).isEqualTo(1_000_000);
        assertThat(flat.ttftMicros(4000, 2000, random)).isEqualTo(600_000);
        assertThat(flat.ttftMicros(4000, 4000, random)).isEqualTo(200_000);
        assertThat(LatencyProfile.INSTANT.ttftMicros(4000, 4000, random)).isZero();

        LatencyProfile growing = new LatencyProfile("growing", flat.ttft(), flat.gap(), 0.1);
        assertThat(growing.ttftMicros(4000, 3000, random)).isEqualTo(1_100_000);
        assertThat(growing.ttftMicros(4000, 0, random)).isEqualTo(1_400_000);
    }

    @Test
    void instantNeverWaits() {
        SplittableRandom random = new SplittableRandom(7);
        assertThat(LatencyProfile.INSTANT.ttftMicros(100_000, random)).isZero();
        assertThat(LatencyProfile.INSTANT.gapMicros(random)).isZero();
    }

    private interface Wait {
        long micros(SplittableRandom random);
    }

    /** The Kolmogorov-Smirnov distance of samples from a distribution function, in milliseconds. */
    private static double distance(Wait wait, DoubleUnaryOperator expected) {
        double[] sorted = samples(wait);
        Arrays.sort(sorted);
        double distance = 0;
        for (int i = 0; i < sorted.length; i++) {
            double at = expected.applyAsDouble(sorted[i]);
            distance = Math.max(distance, Math.max(at - (double) i / SAMPLES, (i + 1.0) / SAMPLES - at));
        }
        return distance;
    }

    private static double[] samples(Wait wait) {
        SplittableRandom random = new SplittableRandom(42);
        double[] samples = new double[SAMPLES];
        Arrays.setAll(samples, i -> wait.micros(random) / 1000.0);
        return samples;
    }

    /** The distribution function of the standard normal distribution (Abramowitz and Stegun 7.1.26, error below 1.5e-7). */
    private static double normal(double x) {
        double z = Math.abs(x) / Math.sqrt(2);
        double t = 1 / (1 + 0.3275911 * z);
        double poly = t * (0.254829592 + t * (-0.284496736 + t * (1.421413741 + t * (-1.453152027 + t * 1.061405429))));
        double erf = 1 - poly * Math.exp(-z * z);
        return x >= 0 ? (1 + erf) / 2 : (1 - erf) / 2;
    }
}
