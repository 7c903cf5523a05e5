package dev.llmsim.mode;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmsim.exchange.Bytes;
import dev.llmsim.exchange.Frame;
import dev.llmsim.exchange.Response;
import dev.llmsim.provider.conversation.Usage;
import dev.llmsim.provider.simulation.Answer;
import dev.llmsim.provider.simulation.Events;
import dev.llmsim.provider.simulation.Piece;
import dev.llmsim.provider.simulation.Work;
import dev.llmsim.timing.LatencyProfile;
import dev.llmsim.timing.ProfileFit;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LatencyTest {
    private static final int STREAMS = 2_000;
    private static final int TOKENS = 21;
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

    /** Many streams in virtual time: their waits are those of the profile, by the Kolmogorov-Smirnov distance. */
    @ParameterizedTest
    @ValueSource(strings = {"gpt-5", "claude-sonnet", "o-series-heavy", "fast"})
    void streamsKeepTheProfileAskedFor(String name) {
        LatencyProfile profile = LatencyProfile.byName(name).orElseThrow();
        Latency latency = new Latency(model -> profile, true);
        Events events = new Events();
        for (int i = 0; i < TOKENS; i++) {
            events.token().raw("data: x\n\n");
        }
        Work work = new Work("m", new Usage(10, TOKENS, 0, 0, 0), TOKENS, true);
        Answer answer = Answer.events(events.pieces(), work);
        SplittableRandom random = new SplittableRandom(7);
        double[] ttfts = new double[STREAMS];
        double[] gaps = new double[STREAMS * (TOKENS - 1)];
        for (int i = 0; i < STREAMS; i++) {
            List<Frame> frames = latency.at(answer, random).frames();
            ttfts[i] = frames.get(0).offsetMicros();
            for (int token = 1; token < TOKENS; token++) {
                gaps[i * (TOKENS - 1) + token - 1] =
                        frames.get(token).offsetMicros() - frames.get(token - 1).offsetMicros();
            }
        }

        SplittableRandom other = new SplittableRandom(8);
        double[] drawnTtfts = DoubleStream.generate(() -> profile.ttftMicros(10, other))
                .limit(ttfts.length)
                .toArray();
        double[] drawnGaps = DoubleStream.generate(() -> profile.gapMicros(other))
                .limit(gaps.length)
                .toArray();
        assertThat(ProfileFit.Compared.of(ttfts, drawnTtfts).distance()).isLessThan(critical(ttfts.length));
        assertThat(ProfileFit.Compared.of(gaps, drawnGaps).distance()).isLessThan(critical(gaps.length));
    }

    /** The distance that two samples of this size exceed by chance once in a thousand times. */
    private static double critical(int size) {
        return 1.95 * Math.sqrt(2.0 / size);
    }

    private static Answer whole(Work work) {
        return Answer.body(200, "application/json", Bytes.utf8("{}"), work);
    }

    private static Response at(String profile, Answer answer) {
        return new Latency(model -> LatencyProfile.byName(profile).orElseThrow(), true)
                .at(answer, new SplittableRandom(1));
    }
}
