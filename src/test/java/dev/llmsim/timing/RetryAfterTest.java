package dev.llmsim.timing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmsim.exchange.Headers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RetryAfterTest {
    @ParameterizedTest
    @CsvSource({
        "recorded, 20, 20",
        "recorded, 07, 07",
        "recorded, 1.50, 1.50",
        "scale=0.5, 20, 10",
        "scale=0.5, 3, 2",
        "scale=2, 20, 40",
        "scale=0.001, 1, 1",
        "scale=2, 0, 0",
        "scale=0.5, 1.5, 0.75",
        "scale=0.1, 0.001, 0.001",
        "scale=2, soon, soon",
        "instant, 20, 0",
        "instant, soon, 0",
    })
    void secondsAreAsLongAsThePaceSays(String pace, String recorded, String expected) {
        assertThat(RetryAfter.at(Pace.parse(pace), Headers.of("Retry-After", recorded)))
                .isEqualTo(Headers.of("Retry-After", expected));
    }

    @Test
    void millisecondsScaleTooAndEverythingElseStays() {
        Headers recorded =
                Headers.of("date", "x", "retry-after-ms", "1499", "vary", "a", "retry-after", "2", "vary", "b");

        assertThat(RetryAfter.at(new Pace.Scale(0.5), recorded))
                .isEqualTo(
                        Headers.of("date", "x", "retry-after-ms", "750", "vary", "a", "retry-after", "1", "vary", "b"));
    }

    @Test
    void aDateIsTakenAsTheWaitThatItWasWhenSent() {
        Headers recorded =
                Headers.of("date", "Tue, 24 Nov 2026 05:00:00 GMT", "retry-after", "Tue, 24 Nov 2026 05:00:40 GMT");

        assertThat(RetryAfter.at(Pace.RECORDED, recorded)).isEqualTo(recorded);
        assertThat(RetryAfter.at(new Pace.Scale(0.25), recorded).first("retry-after"))
                .contains("10");
        assertThat(RetryAfter.at(new Pace.Scale(0.25), recorded.without("date")).first("retry-after"))
                .contains("Tue, 24 Nov 2026 05:00:40 GMT");
    }
}
