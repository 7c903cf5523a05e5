package dev.llmsim.timing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.llmsim.exchange.ErrorCode;
import dev.llmsim.exchange.LlmSimException;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProfileFitTest {
    @ParameterizedTest
    @ValueSource(strings = {"gpt-4o", "o-series", "claude-sonnet-heavy"})
    void aProfileIsRecoveredFromWhatItDrew(String name) {
        LatencyProfile known = LatencyProfile.byName(name).orElseThrow();

        double promptDeviation = 8_000 / Math.sqrt(12);
        double standardError = ((Distribution) known.ttft()).deviationMillis() / promptDeviation / Math.sqrt(2_000);

        ProfileFit fit = ProfileFit.of("fitted", streams(known, 2_000, 50));

        assertThat(fit.ttft().distance()).isLessThan(0.05);
        assertThat(fit.gap().distance()).isLessThan(0.02);
        assertThat(fit.profile().ttft().meanMillis())
                .isCloseTo(known.ttft().meanMillis(), within(known.ttft().meanMillis() * 0.03));
        assertThat(fit.profile().gap().meanMillis())
                .isCloseTo(known.gap().meanMillis(), within(known.gap().meanMillis() * 0.03));
        assertThat(fit.profile().perPromptTokenMillis())
                .isCloseTo(known.perPromptTokenMillis(), within(3 * standardError));
    }

    @Test
    void theDistanceIsLargeWhereTheProfileIsAnother() {
        ProfileFit.Compared compared = ProfileFit.Compared.of(
                draw(LatencyProfile.byName("gpt-4o").orElseThrow()),
                draw(LatencyProfile.byName("gpt-5").orElseThrow()));

        assertThat(compared.distance()).isGreaterThan(0.5);
        assertThat(compared.recorded().p50()).isCloseTo(25, within(1.0));
        assertThat(compared.profile().p50()).isCloseTo(40, within(1.0));
    }

    @Test
    void waitsOfZeroStayZero() {
        List<StreamTimes> bursts = IntStream.range(0, 10)
                .mapToObj(i -> new StreamTimes(10, 100, List.of(0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 30.0)))
                .toList();

        LatencyProfile profile = ProfileFit.of("bursts", bursts).profile();

        SplittableRandom random = new SplittableRandom(1);
        long zeros = IntStream.range(0, 7_000)
                .filter(i -> profile.gapMicros(random) == 0)
                .count();
        assertThat(zeros).isBetween(5_700L, 6_300L);
    }

    @Test
    void tooFewRecordingsAreRefusedWithTheirNumber() {
        LatencyProfile known = LatencyProfile.byName("fast").orElseThrow();

        for (List<StreamTimes> few : List.of(streams(known, 4, 50), streams(known, 5, 9))) {
            assertThatThrownBy(() -> ProfileFit.of("x", few))
                    .isInstanceOfSatisfying(
                            LlmSimException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.USAGE))
                    .hasMessageContaining(few.size() + " streamed recordings")
                    .hasMessageContaining("expected: 5 and 50 at least");
        }
    }

    @Test
    void aFileHoldsTheWholeProfile() {
        ProfileFit fit = ProfileFit.of(
                "mine \"so\"", streams(LatencyProfile.byName("haiku-heavy").orElseThrow(), 50, 20));

        LatencyProfile read = ProfileText.parse("mine.toml", ProfileText.write(fit));

        assertThat(read.name()).isEqualTo("mine \"so\"");
        assertThat(read.gap().meanMillis()).isCloseTo(fit.profile().gap().meanMillis(), within(1e-5));
        assertThat(read.ttft().meanMillis()).isCloseTo(fit.profile().ttft().meanMillis(), within(1e-4));
        assertThat(read.perPromptTokenMillis()).isCloseTo(fit.profile().perPromptTokenMillis(), within(1e-6));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "llmsim = \"profile/2\"",
                "llmsim = \"profile/1\"\nshares = [0.0, 1.0]\nttft_ms = [1.0, 2.0]",
                "llmsim = \"profile/1\"\nshares = [0.0, 1.0]\nttft_ms = [2.0, 1.0]\ngap_ms = [1.0, 2.0]",
                "llmsim = \"profile/1\"\nshares = [0.1, 1.0]\nttft_ms = [1.0, 2.0]\ngap_ms = [1.0, 2.0]",
                "llmsim = \"profile/1\"\nshares = [0.0, 1.0]\nttft_ms = [1.0, \"x\"]\ngap_ms = [1.0, 2.0]",
                "not toml"
            })
    void aFileThatIsNoProfileIsRefusedWithItsName(String text) {
        assertThatThrownBy(() -> ProfileText.parse("mine.toml", text))
                .isInstanceOf(LlmSimException.class)
                .hasMessageStartingWith("latency profile mine.toml: ")
                .hasMessageContaining("expected: ");
    }

    @Test
    void quantilesHaveToRise() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Quantiles(List.of(0.0, 0.0, 1.0), List.of(1.0, 1.0, 1.0)));
        assertThatIllegalArgumentException().isThrownBy(() -> new Quantiles(List.of(0.0, 1.0), List.of(-1.0, 1.0)));
        assertThat(new Quantiles(List.of(0.0, 1.0), List.of(10.0, 20.0)).meanMillis())
                .isEqualTo(15);
    }

    /** Streams of a service as fast as {@code profile}, with prompts of up to 8,000 tokens. */
    static List<StreamTimes> streams(LatencyProfile profile, int count, int gapsOfEach) {
        SplittableRandom random = new SplittableRandom(42);
        List<StreamTimes> streams = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            int prompt = random.nextInt(8_000);
            double ttft = profile.ttftMicros(prompt, random) / 1000.0;
            streams.add(new StreamTimes(
                    prompt,
                    ttft,
                    Stream.generate(() -> profile.gapMicros(random) / 1000.0)
                            .limit(gapsOfEach)
                            .toList()));
        }
        return streams;
    }

    private static double[] draw(LatencyProfile profile) {
        SplittableRandom random = new SplittableRandom(42);
        return IntStream.range(0, 5_000)
                .mapToDouble(i -> profile.gapMicros(random) / 1000.0)
                .toArray();
    }
}
