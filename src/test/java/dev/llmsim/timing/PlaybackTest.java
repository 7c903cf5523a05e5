package dev.llmsim.timing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmsim.exchange.Bytes;
import dev.llmsim.exchange.Ending;
import dev.llmsim.exchange.Frame;
import dev.llmsim.exchange.Framing;
import dev.llmsim.exchange.Headers;
import dev.llmsim.exchange.Response;
import dev.llmsim.exchange.ResponseHead;
import dev.llmsim.exchange.TimingSource;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class PlaybackTest {
    private static final ResponseHead HEAD = new ResponseHead(200, "OK", Headers.of("retry-after", "4"));

    @Test
    void saysWhatIsDueAndWhenToAskAgain() {
        Playback playback = new Playback(Schedule.of(answer(10, List.of(20L, 20L, 35L), 40), Pace.RECORDED));

        assertThat(playback.advance(0)).isEqualTo(new Due(false, 0, 0, false, 10_000));
        assertThat(playback.advance(9_999)).isEqualTo(new Due(false, 0, 0, false, 10_000));
        assertThat(playback.advance(10_000)).isEqualTo(new Due(true, 0, 0, false, 20_000));
        assertThat(playback.advance(20_000)).isEqualTo(new Due(false, 0, 2, false, 35_000));
        assertThat(playback.advance(36_000)).isEqualTo(new Due(false, 2, 3, false, 40_000));
        assertThat(playback.advance(40_000)).isEqualTo(new Due(false, 3, 3, true, Due.NEVER));
        assertThat(playback.isOver()).isTrue();
        assertThat(playback.advance(50_000)).isEqualTo(new Due(false, 3, 3, false, Due.NEVER));
        assertThat(playback.lateness()).isEqualTo(new Lateness(5, 1_000, 1_000));
    }

    @Test
    void instantIsDueAllAtOnce() {
        Playback playback = new Playback(Schedule.of(answer(10, List.of(20L, 35L), 40), Pace.INSTANT));

        assertThat(playback.advance(0)).isEqualTo(new Due(true, 0, 2, true, Due.NEVER));
        assertThat(playback.lateness().maxNanos()).isZero();
    }

    @Test
    void scaleStretchesEveryMoment() {
        Schedule schedule = Schedule.of(answer(10, List.of(20L), 30), new Pace.Scale(3));

        assertThat(schedule.headDueNanos()).isEqualTo(30_000);
        assertThat(schedule.frameDueNanos(0)).isEqualTo(60_000);
        assertThat(schedule.endDueNanos()).isEqualTo(90_000);
        assertThat(schedule.head().orElseThrow().headers().first("retry-after")).contains("12");
    }

    @Test
    void aLateWakeUpDelaysNothingAfterIt() {
        Playback playback = new Playback(Schedule.of(answer(10, List.of(20L, 30L, 40L), 50), Pace.RECORDED));

        Due late = playback.advance(29_000);
        assertThat(late).isEqualTo(new Due(true, 0, 1, false, 30_000));
        assertThat(playback.advance(30_000)).isEqualTo(new Due(false, 1, 2, false, 40_000));
        assertThat(playback.lateness()).isEqualTo(new Lateness(3, 19_000 + 9_000, 19_000));
        assertThat(playback.lateness().meanNanos()).isEqualTo(28_000 / 3);
    }

    @Test
    void offsetsThatRunBackwardsAreServedInOrderAndNeverEarly() {
        Schedule schedule = Schedule.of(answer(50, List.of(20L, 80L, 60L), 10), Pace.RECORDED);

        assertThat(schedule.frameDueNanos(0)).isEqualTo(50_000);
        assertThat(schedule.frameDueNanos(2)).isEqualTo(80_000);
        assertThat(schedule.endDueNanos()).isEqualTo(80_000);
    }

    @Test
    void anAnswerWithoutAHeadHasOnlyAnEnd() {
        Response nothing = new Response(
                null, Framing.CLOSE, -1, List.of(), Headers.EMPTY, TimingSource.RECORDED, 0, 70, Ending.UPSTREAM_RESET);
        Playback playback = new Playback(Schedule.of(nothing, Pace.RECORDED));

        assertThat(playback.advance(69_999)).isEqualTo(new Due(false, 0, 0, false, 70_000));
        assertThat(playback.advance(70_000)).isEqualTo(new Due(false, 0, 0, true, Due.NEVER));
    }

    /** However the wake-ups fall: each part once, in order, never early, and always due at the wake-up before `next`. */
    @Property(tries = 500)
    void everyPartIsServedOnceInOrderAndNeverEarly(
            @ForAll @Size(max = 30) List<@IntRange(max = 100) Integer> offsets,
            @ForAll @IntRange(max = 100) int headMicros,
            @ForAll @Size(min = 1, max = 40) List<@IntRange(max = 20_000) Integer> sleepsNanos) {
        List<Long> micros = offsets.stream().map(Integer::longValue).sorted().toList();
        Schedule schedule = Schedule.of(answer(headMicros, micros, 120), Pace.RECORDED);
        Playback playback = new Playback(schedule);
        List<Integer> served = new ArrayList<>();
        long now = 0;
        int heads = 0;
        int ends = 0;
        for (int i = 0; !playback.isOver(); i++) {
            Due due = playback.advance(now);
            heads += due.head() ? 1 : 0;
            ends += due.end() ? 1 : 0;
            assertThat(due.toFrame() > due.fromFrame() && heads == 0).isFalse();
            for (int frame = due.fromFrame(); frame < due.toFrame(); frame++) {
                assertThat(schedule.frameDueNanos(frame)).isLessThanOrEqualTo(now);
                served.add(frame);
            }
            assertThat(due.nextDueNanos()).isGreaterThan(now);
            now += 1 + sleepsNanos.get(i % sleepsNanos.size());
        }
        assertThat(served).hasSize(micros.size()).isSorted().doesNotHaveDuplicates();
        assertThat(heads).isOne();
        assertThat(ends).isOne();
    }

    private static Response answer(long headMicros, List<Long> frameMicros, long endMicros) {
        List<Frame> frames = frameMicros.stream()
                .map(micros -> new Frame(micros, Bytes.utf8("x")))
                .toList();
        return new Response(
                HEAD,
                Framing.CHUNKED,
                -1,
                frames,
                Headers.EMPTY,
                TimingSource.RECORDED,
                headMicros,
                endMicros,
                Ending.COMPLETE);
    }
}
