package dev.llmsim.recorder;

import dev.llmsim.store.TapeEntry;
import java.util.List;

/**
 * A recording that was just committed.
 *
 * @param replacedRows the rows of earlier recordings that went in the same commit
 * @param lagMicros from the end of the exchange to the commit
 */
public record DurableRecording(TapeEntry entry, List<Long> replacedRows, long lagMicros) {
    public DurableRecording {
        replacedRows = List.copyOf(replacedRows);
    }
}
