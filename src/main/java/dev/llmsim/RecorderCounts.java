package dev.llmsim;

import dev.llmsim.recorder.DurableRecording;
import dev.llmsim.recorder.RecorderListener;
import dev.llmsim.store.TapeEntry;
import dev.llmsim.telemetry.Counter;
import dev.llmsim.telemetry.Counters;

/** Counts what becomes of recordings, for {@code /llmsim/stats}. */
class RecorderCounts implements RecorderListener {
    private final Counters counters;

    RecorderCounts(Counters counters) {
        this.counters = counters;
    }

    @Override
    public void durable(DurableRecording recording) {
        counters.increment(Counter.RECORDINGS_DURABLE);
        counters.add(Counter.COMMIT_LAG_MICROS, recording.lagMicros());
    }

    @Override
    public void flawed(TapeEntry entry, String reason) {
        counters.increment(Counter.RECORDINGS_FLAWED);
    }

    @Override
    public void givenUp(String reason) {
        counters.increment(Counter.RECORDINGS_LOST);
    }
}
