package dev.llmsim.bench;

import io.netty.buffer.ByteBuf;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/** A fixed number of streams, of which every moment is kept. Connections begin at random moments of a spread, then go on. */
final class StreamSet implements Workload {
    private final List<ByteBuf> requests;
    private final Expected expected;
    private final Duration spread;
    private final SplittableRandom random;
    private final Failures failures = new Failures();
    private final List<Stream> streams;
    private int nextRequest;

    /**
     * One stream, in nanoseconds after its request was sent.
     *
     * @param eventNanos when each event came
     */
    record Stream(long headNanos, List<Long> eventNanos) {
        double eventMillis(int event) {
            return eventNanos.get(event) / 1e6;
        }
    }

    /** @param requests one a stream, so that no two need be alike */
    StreamSet(List<ByteBuf> requests, Expected expected, Duration spread, long seed) {
        this.requests = requests;
        this.expected = expected;
        this.spread = spread;
        this.random = new SplittableRandom(seed);
        this.streams = new ArrayList<>(requests.size());
    }

    /** @throws IllegalStateException where a stream was lost or wrong */
    List<Stream> measured(String work) {
        for (int lost = streams.size() + (int) failures.count(); lost < requests.size(); lost++) {
            failures.add("it did not come in time");
        }
        failures.check(work);
        return streams;
    }

    @Override
    public void begin(long nowNanos) {
        nextRequest = 0;
    }

    @Override
    public long delayNanos(int number) {
        return spread.isZero() ? 0 : random.nextLong(spread.toNanos());
    }

    @Override
    public @Nullable ByteBuf next(long nowNanos) {
        return nextRequest == requests.size() ? null : requests.get(nextRequest++);
    }

    @Override
    public void answered(AnswerReader answer, long sentNanos, long nowNanos) {
        expected.complaint(answer)
                .ifPresentOrElse(failures::add, () -> streams.add(stream(answer, sentNanos)));
    }

    private static Stream stream(AnswerReader answer, long sentNanos) {
        List<Long> moments = new ArrayList<>(answer.events());
        for (long nanos : answer.eventNanos()) {
            moments.add(nanos - sentNanos);
        }
        return new Stream(answer.headNanos() - sentNanos, List.copyOf(moments));
    }

    @Override
    public void failed(String reason) {
        failures.add(reason);
    }
}
