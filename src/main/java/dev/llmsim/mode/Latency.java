package dev.llmsim.mode;

import dev.llmsim.exchange.Ending;
import dev.llmsim.exchange.Frame;
import dev.llmsim.exchange.Framing;
import dev.llmsim.exchange.Headers;
import dev.llmsim.exchange.ReasonPhrases;
import dev.llmsim.exchange.Response;
import dev.llmsim.exchange.ResponseHead;
import dev.llmsim.exchange.TimingSource;
import dev.llmsim.provider.simulation.Answer;
import dev.llmsim.provider.simulation.Piece;
import dev.llmsim.provider.simulation.Timeline;
import dev.llmsim.provider.simulation.Work;
import dev.llmsim.timing.LatencyProfile;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.random.RandomGenerator;

/**
 * Gives the pieces of a simulated answer their times: the first token when the prompt has been read, each other one a gap
 * after the one before it.
 *
 * @param profileOfModel how fast the model of an id is
 * @param wholeAnswers whether an answer that is not streamed takes as long as its tokens do; else only until the first
 */
public record Latency(Function<String, LatencyProfile> profileOfModel, boolean wholeAnswers) {
    /** Everything at once. */
    public static final Latency INSTANT = new Latency(model -> LatencyProfile.INSTANT, true);

    /** Each model as fast as models of its family are. */
    public static final Latency BY_MODEL = new Latency(LatencyProfile::ofModel, true);

    /** No single answer that is not made of tokens takes longer. */
    private static final long MAX_BUSY_MICROS = 120_000_000;

    /** The mean TTFT for which {@link Work#busySeconds} holds. */
    private static final double BUSY_TTFT_MILLIS = 600;

    Response at(Answer answer, RandomGenerator random) {
        return at(answer, timeline(answer.work(), random));
    }

    /** All of {@code answer} after {@code delay}, however fast models are. */
    static Response after(Duration delay, Answer answer) {
        return at(answer, new Timeline(TimeUnit.NANOSECONDS.toMicros(delay.toNanos())));
    }

    static Response at(Answer answer, Timeline timeline) {
        List<Frame> frames = new ArrayList<>(answer.pieces().size());
        long latest = timeline.first();
        for (Piece piece : answer.pieces()) {
            latest = Math.max(latest, timeline.at(piece.tokens()));
            frames.add(new Frame(latest, piece.bytes()));
        }
        return new Response(
                new ResponseHead(answer.status(), ReasonPhrases.of(answer.status()), answer.headers()),
                answer.framing(),
                answer.framing() == Framing.LENGTH ? Frame.totalBytes(frames) : -1,
                frames,
                Headers.EMPTY,
                TimingSource.MODELLED,
                answer.work().streamed() ? timeline.first() : latest,
                latest,
                Ending.COMPLETE);
    }

    /** When each token of the answer to {@code work} is there. */
    Timeline timeline(Work work, RandomGenerator random) {
        if (work.model().isEmpty() || work.reach() == Work.Reach.COUNT) {
            return Timeline.AT_ONCE;
        }
        LatencyProfile profile = profileOfModel.apply(work.model());
        if (work.busySeconds() > 0) {
            return steps(work, profile);
        }
        boolean counted = work.streamed() || wholeAnswers;
        long[] moments = new long[counted ? Math.max(1, work.shownTokens()) : 1];
        moments[0] = profile.ttftMicros(work.usage().prompt(), work.usage().cacheRead(), random);
        for (int i = 1; i < moments.length; i++) {
            moments[i] = moments[i - 1] + profile.gapMicros(random);
        }
        return new Timeline(moments);
    }

    private static Timeline steps(Work work, LatencyProfile profile) {
        double micros = work.busySeconds() * 1e6 * profile.ttft().meanMillis() / BUSY_TTFT_MILLIS;
        double total = Math.min(MAX_BUSY_MICROS, micros);
        long[] moments = new long[Math.max(1, work.shownTokens())];
        for (int i = 0; i < moments.length; i++) {
            moments[i] = Math.round(total * (i + 1) / moments.length);
        }
        return new Timeline(moments);
    }
}
