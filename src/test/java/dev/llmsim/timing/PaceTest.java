package dev.llmsim.timing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.llmsim.exchange.ErrorCode;
import dev.llmsim.exchange.LlmSimException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PaceTest {
    @Test
    void readsEverySpellingItWrites() {
        assertThat(Pace.parse("recorded")).isEqualTo(Pace.RECORDED);
        assertThat(Pace.parse("instant")).isEqualTo(Pace.INSTANT);
        assertThat(Pace.parse("scale=0.25")).isEqualTo(new Pace.Scale(0.25));
        assertThat(Pace.parse("scale=3")).isEqualTo(new Pace.Scale(3));
        assertThat(Pace.parse("scale=.5")).isEqualTo(new Pace.Scale(0.5));
        assertThat(Pace.parse(new Pace.Scale(1.5).id())).isEqualTo(new Pace.Scale(1.5));
    }

    @Test
    void aProfileIsNamed() {
        assertThat(Pace.parse("profile=GPT-4o-heavy").id()).isEqualTo("profile=gpt-4o-heavy");
        assertThatThrownBy(() -> Pace.parse("profile=warp"))
                .isInstanceOf(LlmSimException.class)
                .hasMessageContaining("\"profile=warp\" (expected: profile=NAME with one of gpt-5,");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "Recorded",
                "fast",
                "scale",
                "scale=",
                "scale=0",
                "scale=0.0",
                "scale=-1",
                "scale=NaN",
                "scale=Infinity",
                "scale=1e400",
                "scale=1e3",
                "scale=2x",
                "scale= 2",
                "scale=1,5",
                "scale=0x1p3",
                "scale=1d"
            })
    void refusesAnythingElseNamingTheValueAndWhatIsExpected(String text) {
        assertThatThrownBy(() -> Pace.parse(text))
                .isInstanceOfSatisfying(
                        LlmSimException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.USAGE))
                .hasMessageContaining("\"" + text + "\"")
                .hasMessageContaining("expected");
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, -1, Double.NaN, Double.POSITIVE_INFINITY})
    void scaleTakesOnlyFinitePositiveFactors(double factor) {
        assertThatIllegalArgumentException().isThrownBy(() -> new Pace.Scale(factor));
    }

    @Test
    void turnsOffsetsIntoMoments() {
        assertThat(Pace.RECORDED.dueNanos(380_125)).isEqualTo(380_125_000);
        assertThat(new Pace.Scale(0.5).dueNanos(3)).isEqualTo(1_500);
        assertThat(new Pace.Scale(2).dueNanos(3)).isEqualTo(6_000);
        assertThat(Pace.INSTANT.dueNanos(380_125)).isZero();
    }

    @Test
    void anAbsurdOffsetIsFarAwayAndNotInThePast() {
        assertThat(Pace.RECORDED.dueNanos(Long.MAX_VALUE)).isEqualTo(Long.MAX_VALUE);
        assertThat(new Pace.Scale(1000).dueNanos(Long.MAX_VALUE)).isEqualTo(Long.MAX_VALUE);
    }
}
