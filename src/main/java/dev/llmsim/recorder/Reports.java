package dev.llmsim.recorder;

import dev.llmsim.store.TapeEntry;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What becomes of exchanges, as it is counted, logged and told to the listener, whose failures stop nothing. Thread-safe. */
final class Reports {
    private static final Logger LOG = LoggerFactory.getLogger(Reports.class);

    private final Tally tally;
    private final RecorderListener listener;

    Reports(Tally tally, RecorderListener listener) {
        this.tally = tally;
        this.listener = listener;
    }

    void durable(TapeEntry entry, long lagMicros) {
        tally.sealed(lagMicros);
        tell(() -> listener.durable(new DurableRecording(entry, lagMicros)));
    }

    void proved(TapeEntry entry) {
        tell(() -> listener.proved(entry));
    }

    void flawed(TapeEntry entry, String flaw) {
        LOG.warn("recording {} would not replay: {}", entry.id(), flaw);
        tally.flawed(entry.id() + ": " + flaw);
        tell(() -> listener.flawed(entry, flaw));
    }

    /** The rule of the recorder does not keep it. */
    void notKept() {
        tally.notKept();
    }

    /** It should have been kept. */
    void givenUp(String remark) {
        tally.givenUp(remark);
        tell(() -> listener.givenUp(remark));
    }

    private static void tell(Runnable event) {
        try {
            event.run();
        } catch (RuntimeException e) {
            LOG.warn("a listener failed: {}", Darkroom.reason(e));
        }
    }
}
