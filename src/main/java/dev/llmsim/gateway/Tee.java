package dev.llmsim.gateway;

import dev.llmsim.exchange.Bytes;
import dev.llmsim.exchange.Ending;
import dev.llmsim.exchange.Framing;
import dev.llmsim.exchange.Headers;
import dev.llmsim.exchange.ResponseHead;
import dev.llmsim.recorder.Capture;
import dev.llmsim.telemetry.Counter;
import dev.llmsim.telemetry.Counters;
import io.netty.buffer.ByteBuf;
import io.netty.channel.EventLoop;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Copies one exchange to a capture while its bytes pass. Where the capture does not take a chunk, the side that it came from
 * stops being read, for at most a second in all; then the capture is given up and the bytes flow on. Whatever a capture throws ends the capture,
 * never the exchange. On the exchange's loop only.
 */
final class Tee {
    private static final Logger LOG = LoggerFactory.getLogger(Tee.class);
    private static final long MAX_STALL_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final long RETRY_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

    private final EventLoop loop;
    private final Counters counters;
    private final Deque<BooleanSupplier> waiting = new ArrayDeque<>();
    private @Nullable ReadGate requests;
    private @Nullable ReadGate responses;
    private @Nullable Capture capture;
    private boolean ended;
    private boolean sentKnown;
    private long stallBeganNanos;
    private long stalledNanos;

    Tee(@Nullable Capture capture, EventLoop loop, Counters counters) {
        this.capture = capture;
        this.loop = loop;
        this.counters = counters;
    }

    /** The gate that request bytes come through. */
    void requestsFrom(ReadGate gate) {
        requests = gate;
    }

    /** The gate that response bytes come through. */
    void responsesFrom(ReadGate gate) {
        responses = gate;
    }

    void requestBytes(ByteBuf read) {
        if (isOpen() && read.isReadable()) {
            Bytes chunk = Wire.copy(read);
            offer(to -> to.requestBytes(chunk), requests);
        }
    }

    /** Only the first call counts. */
    void requestSent(long nanos) {
        if (!sentKnown) {
            sentKnown = true;
            tell(to -> to.requestSent(nanos));
        }
    }

    void responseHead(ResponseHead head, Framing framing, long declaredBytes, long nanos) {
        tell(to -> to.responseHead(head, framing, declaredBytes, nanos));
    }

    void responseBytes(ByteBuf read, long nanos) {
        if (isOpen() && read.isReadable()) {
            Bytes chunk = Wire.copy(read);
            offer(to -> to.responseBytes(chunk, nanos), responses);
        }
    }

    void trailers(Headers trailers) {
        tell(to -> to.trailers(trailers));
    }

    void seal(Ending ending, long nanos) {
        tell(to -> to.seal(ending, nanos));
        ended = true;
    }

    /** Ends the capture without a recording, unless it is sealed; what still waits is dropped. */
    void giveUp(String reason) {
        if (isOpen()) {
            abandon(reason);
        }
    }

    private void abandon(String reason) {
        Capture to = capture;
        capture = null;
        ended = true;
        waiting.clear();
        flow();
        if (to != null) {
            counters.increment(Counter.CAPTURES_GIVEN_UP);
            try {
                to.giveUp(reason);
            } catch (RuntimeException e) {
                LOG.error("The recorder failed while giving up an exchange; the exchange goes on.", e);
            }
        }
    }

    private boolean isOpen() {
        return capture != null && !ended;
    }

    private interface Step {
        boolean apply(Capture to);
    }

    private interface Word {
        void apply(Capture to);
    }

    private void tell(Word word) {
        Step step = to -> {
            word.apply(to);
            return true;
        };
        offer(step, null);
    }

    /** What is not taken at once waits, and with it whatever comes through {@code gate}. */
    private void offer(Step step, @Nullable ReadGate gate) {
        if (!isOpen()) {
            return;
        }
        BooleanSupplier attempt = () -> attempt(step);
        if (waiting.isEmpty() && attempt.getAsBoolean()) {
            return;
        }
        if (!isOpen()) {
            return;
        }
        waiting.add(attempt);
        if (gate != null) {
            gate.hold(ReadGate.Reason.RECORDER);
        }
        if (waiting.size() == 1) {
            stallBeganNanos = System.nanoTime();
            var unused = loop.schedule(this::again, RETRY_NANOS, TimeUnit.NANOSECONDS);
        }
    }

    private boolean attempt(Step step) {
        Capture to = capture;
        if (to == null) {
            return true;
        }
        try {
            return step.apply(to);
        } catch (RuntimeException e) {
            LOG.error("The recorder failed; this exchange is not recorded.", e);
            abandon("the recorder failed: " + e);
            return true;
        }
    }

    private void again() {
        while (!waiting.isEmpty() && waiting.element().getAsBoolean()) {
            waiting.poll();
        }
        if (waiting.isEmpty()) {
            stalledNanos += System.nanoTime() - stallBeganNanos;
            flow();
        } else if (stalledNanos + System.nanoTime() - stallBeganNanos > MAX_STALL_NANOS) {
            LOG.warn("The recorder is more than 1 s behind: this exchange is not recorded, its bytes flow on.");
            abandon("the recorder was more than 1 s behind");
        } else {
            var unused = loop.schedule(this::again, RETRY_NANOS, TimeUnit.NANOSECONDS);
        }
    }

    private void flow() {
        if (requests != null) {
            requests.release(ReadGate.Reason.RECORDER);
        }
        if (responses != null) {
            responses.release(ReadGate.Reason.RECORDER);
        }
    }
}
