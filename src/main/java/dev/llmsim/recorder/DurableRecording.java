package dev.llmsim.recorder;

import dev.llmsim.store.TapeEntry;

/**
 * A recording that was just committed.
 *
 * @param lagMicros from the end of the exchange to the commit
 */
public record DurableRecording(TapeEntry entry, long lagMicros) {}
