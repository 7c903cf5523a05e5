package dev.llmsim.provider.openai;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OpenAiLimitsTest {
    @ParameterizedTest
    @CsvSource({
        "0, 0s",
        "12, 12ms",
        "1000, 1s",
        "8640, 8.64s",
        "20000, 20s",
        "60000, 1m0s",
        "360000, 6m0s",
        "90500, 1m30.5s",
        "3600000, 1h0m0s",
        "3661001, 1h1m1.001s"
    })
    void durationsAreWrittenAsGoWritesThem(long millis, String expected) {
        assertThat(OpenAiLimits.goDuration(Duration.ofMillis(millis))).isEqualTo(expected);
    }
}
