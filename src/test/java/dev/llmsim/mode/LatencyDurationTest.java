package dev.llmsim.mode;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmsim.exchange.Response;
import dev.llmsim.provider.conversation.Usage;
import dev.llmsim.provider.simulation.Answer;
import dev.llmsim.provider.simulation.Json;
import dev.llmsim.provider.simulation.Timeline;
import dev.llmsim.provider.simulation.Work;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class LatencyDurationTest {
    private static final Work SHORT = new Work("gpt-5", new Usage(10, 5, 0, 0, 0), 5, true);
    private static final Work LONG = new Work("gpt-5", new Usage(10, 500, 0, 0, 0), 500, true);

    @Test
    void whatIsToldOfAnAnswersTimeIsWhatItTakes() {
        Timeline told = Latency.BY_MODEL.timeline(LONG, new SplittableRandom(1));

        Response played = Latency.BY_MODEL.at(Answer.json(200, Json.object(), LONG), new SplittableRandom(1));
        assertThat(played.endMicros()).isEqualTo(told.last());
        assertThat(played.headMicros()).isEqualTo(told.first());
        assertThat(told.at(1)).isEqualTo(told.at(0)).isEqualTo(told.first());
        assertThat(told.at(500)).isEqualTo(told.at(9_000)).isEqualTo(told.last());
        assertThat(told.last())
                .isGreaterThan(Latency.BY_MODEL
                        .timeline(SHORT, new SplittableRandom(1))
                        .last());
    }

    @Test
    void whatTakesNoTimeIsToldToTakeNone() {
        Latency instant = Latency.INSTANT;

        assertThat(instant.timeline(LONG, new SplittableRandom(1)).last()).isZero();
        assertThat(Latency.BY_MODEL.timeline(Work.NONE, new SplittableRandom(1)).last())
                .isZero();
    }
}
