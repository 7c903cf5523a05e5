package dev.llmsim.recorder;

import dev.llmsim.store.TapeEntry;

/**
 * Hears what became of exchanges. The id of a recording may change until the recorder is closed: its row does not. Called on the recorder's thread; must not block it
 * for long.
 */
public interface RecorderListener {
    /** Hears nothing. */
    RecorderListener NONE = new RecorderListener() {};

    /** A recording is on the tape and survives whatever happens to this process; not yet proved. */
    default void durable(DurableRecording recording) {}

    /** A recording, reported durable before, answers its own request with what was sent. */
    default void proved(TapeEntry entry) {}

    /** A recording, reported durable before, would not replay as it was sent. */
    default void flawed(TapeEntry entry, String reason) {}

    /** An exchange was not kept although it should have been. May be called on any thread. */
    default void givenUp(String reason) {}
}
