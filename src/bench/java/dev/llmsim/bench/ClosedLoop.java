package dev.llmsim.bench;

import io.netty.buffer.ByteBuf;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Every connection sends its next request when it has its answer, for a while; what is answered in the window at the end of that
 * while is counted. The window stays open until there are some. The requests take turns.
 */
final class ClosedLoop implements Workload {
    private static final int FEWEST_ANSWERS = 20;

    private final List<ByteBuf> requests;
    private final Expected expected;
    private final Span span;
    private final LongSupplier cpuMicros;
    private final Failures failures = new Failures();

    private long[] latencyNanos = new long[1024];
    private int answers;
    private int nextRequest;
    private long openNanos;
    private long closeNanos;
    private long lastNanos;
    private long cpuAtOpen = -1;
    private long cpuAtClose = -1;
    private long clientCpuAtOpen;
    private long clientCpuAtClose;

    /** How long the load goes on before the window opens, and how long that stays open. */
    record Span(Duration before, Duration window) {}

    /** @param cpuMicros how much CPU time the server has used */
    ClosedLoop(List<ByteBuf> requests, Expected expected, Span span, LongSupplier cpuMicros) {
        this.requests = requests;
        this.expected = expected;
        this.span = span;
        this.cpuMicros = cpuMicros;
    }

    /**
     * What was measured.
     *
     * @param perSecond answers a second
     * @param cpuMicros of the server, for each answer
     * @param clientCpuPercent how busy this process was: near 100 it is the client that limits, not the server
     * @param latency in microseconds
     */
    record Measured(double perSecond, double cpuMicros, double clientCpuPercent, Samples latency) {}

    /** @throws IllegalStateException where an answer was lost or wrong */
    Measured measured(String work) {
        failures.check(work);
        if (answers < FEWEST_ANSWERS) {
            throw new IllegalStateException(
                    work + ": " + answers + " answers in " + limit() + " (expected: " + FEWEST_ANSWERS + " at least)");
        }
        double seconds = (lastNanos - openNanos) / 1e9;
        double[] micros = new double[answers];
        Arrays.setAll(micros, i -> latencyNanos[i] / 1e3);
        return new Measured(
                answers / seconds,
                (double) (cpuAtClose - cpuAtOpen) / answers,
                (clientCpuAtClose - clientCpuAtOpen) / (seconds * 1e4),
                Samples.of(micros));
    }

    @Override
    public void begin(long nowNanos) {
        openNanos = nowNanos + span.before().toNanos();
        closeNanos = openNanos + span.window().toNanos();
    }

    @Override
    public @Nullable ByteBuf next(long nowNanos) {
        if (isOver(nowNanos)) {
            if (cpuAtClose < 0) {
                cpuAtClose = cpuMicros.getAsLong();
                clientCpuAtClose = CpuClock.client().micros();
            }
            return null;
        }
        nextRequest = (nextRequest + 1) % requests.size();
        return requests.get(nextRequest);
    }

    @Override
    public void answered(AnswerReader answer, long sentNanos, long nowNanos) {
        expected.complaint(answer).ifPresent(failures::add);
        if (nowNanos - openNanos < 0) {
            return;
        }
        if (cpuAtOpen < 0) {
            cpuAtOpen = cpuMicros.getAsLong();
            clientCpuAtOpen = CpuClock.client().micros();
        }
        if (!isOver(nowNanos)) {
            count(nowNanos - sentNanos);
            lastNanos = nowNanos;
        }
    }

    private boolean isOver(long nowNanos) {
        return nowNanos - closeNanos >= 0 && answers >= FEWEST_ANSWERS;
    }

    private void count(long nanos) {
        if (answers == latencyNanos.length) {
            latencyNanos = Arrays.copyOf(latencyNanos, 2 * answers);
        }
        latencyNanos[answers++] = nanos;
    }

    @Override
    public void failed(String reason) {
        failures.add(reason);
    }

    /** Longer than this run can take. */
    Duration limit() {
        return span.before().plus(span.window()).plusSeconds(TimeUnit.MINUTES.toSeconds(1));
    }
}
