package dev.llmsim.recorder;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;

/** The counters behind {@link RecorderSummary}. Thread-safe. */
final class Tally {
    private static final int MAX_REMARKS = 50;

    private final LongAdder begun = new LongAdder();
    private final LongAdder sealed = new LongAdder();
    private final LongAdder notKept = new LongAdder();
    private final LongAdder givenUp = new LongAdder();
    private final LongAdder flawed = new LongAdder();
    private final AtomicLong lastLagMicros = new AtomicLong();
    private final AtomicLong maxLagMicros = new AtomicLong();
    private final List<String> remarks = new CopyOnWriteArrayList<>();

    void begun() {
        begun.increment();
    }

    void sealed(long lagMicros) {
        sealed.increment();
        lastLagMicros.set(lagMicros);
        maxLagMicros.accumulateAndGet(lagMicros, Math::max);
    }

    void notKept() {
        notKept.increment();
    }

    void givenUp(String remark) {
        givenUp.increment();
        remark(remark);
    }

    void flawed(String remark) {
        flawed.increment();
        remark(remark);
    }

    private void remark(String remark) {
        if (remarks.size() < MAX_REMARKS) {
            remarks.add(remark);
        }
    }

    RecorderSummary summary() {
        long ended = sealed.sum() + notKept.sum() + givenUp.sum();
        return new RecorderSummary(
                sealed.sum(),
                notKept.sum(),
                givenUp.sum(),
                Math.max(0, begun.sum() - ended),
                flawed.sum(),
                lastLagMicros.get(),
                maxLagMicros.get(),
                remarks);
    }
}
