package dev.llmsim.mode;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmsim.exchange.Bytes;
import dev.llmsim.exchange.Frame;
import dev.llmsim.exchange.Response;
import dev.llmsim.provider.conversation.Usage;
import dev.llmsim.provider.simulation.Answer;
import dev.llmsim.provider.simulation.Piece;
import dev.llmsim.provider.simulation.Work;
import dev.llmsim.timing.LatencyProfile;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class LatencyTest {
    private static final Usage USAGE = new Usage(3, 4160, 0, 0, 0);
    private static final List<Piece> STEPS =
            List.of(new Piece(1, Bytes.utf8("a")), new Piece(2, Bytes.utf8("b")), new Piece(3, Bytes.utf8("c")));

    @Test
    void workThatIsNotMadeOfTokensTakesItsTimeInEqualSteps() {
        Work work = new Work("gpt-image-1", USAGE, 3, true, 24);

        Response streamed = at("gpt-5", Answer.events(STEPS, work));

        assertThat(streamed.frames().stream().map(Frame::offsetMicros))
                .containsExactly(8_000_000L, 16_000_000L, 24_000_000L);
        assertThat(streamed.endMicros()).isEqualTo(24_000_000);
    }

    @Test
    void aFasterProfileMakesItShorterAndInstantMakesItNothing() {
        Work work = new Work("gpt-image-1", USAGE, 1, false, 22);

        assertThat(at("gpt-5-mini", whole(work)).endMicros()).isEqualTo(11_000_000);
        assertThat(at("instant", whole(work)).endMicros()).isZero();
        assertThat(at("instant", whole(work)).headMicros()).isZero();
    }

    @Test
    void itNeverTakesMoreThanTwoMinutes() {
        Work work = new Work("gpt-image-1", USAGE, 1, false, 220);

        assertThat(at("o3", whole(work)).endMicros()).isEqualTo(120_000_000);
    }

    private static Answer whole(Work work) {
        return Answer.body(200, "application/json", Bytes.utf8("{}"), work);
    }

    private static Response at(String profile, Answer answer) {
        return new Latency(model -> LatencyProfile.byName(profile).orElseThrow(), true)
                .at(answer, new SplittableRandom(1));
    }
}
