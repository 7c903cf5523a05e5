package dev.llmsim.mode;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmsim.provider.conversation.Usage;
import dev.llmsim.provider.simulation.Answer;
import dev.llmsim.provider.simulation.Json;
import dev.llmsim.provider.simulation.Work;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class LatencyDurationTest {
    private static final Work SHORT = new Work("gpt-5", new Usage(10, 5, 0, 0, 0), 5, true);
    private static final Work LONG = new Work("gpt-5", new Usage(10, 500, 0, 0, 0), 500, true);

    @Test
    void whatIsToldOfAnAnswersTimeIsWhatItTakes() {
        long told = Latency.BY_MODEL.durationMicros(LONG);
        SplittableRandom random = new SplittableRandom(LONG.hashCode());

        assertThat(Latency.BY_MODEL
                        .at(Answer.json(200, Json.object(), LONG), random)
                        .endMicros())
                .isEqualTo(told);
        assertThat(Latency.BY_MODEL.durationMicros(LONG)).as("the same again").isEqualTo(told);
        assertThat(told).isGreaterThan(Latency.BY_MODEL.durationMicros(SHORT));
    }

    @Test
    void whatTakesNoTimeIsToldToTakeNone() {
        Latency instant = Latency.INSTANT;

        assertThat(instant.durationMicros(LONG)).isZero();
        assertThat(Latency.BY_MODEL.durationMicros(Work.NONE)).isZero();
    }
}
