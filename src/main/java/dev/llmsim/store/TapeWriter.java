package dev.llmsim.store;

import java.util.List;

/** What can be done to a tape that was opened for writing. */
public interface TapeWriter {
    /** A row number greater than all before it: rows order the recordings. Never blocks. */
    long nextRow();

    /** Makes all {@code changes}, in order, in one commit: on return they are durable; after an exception none was made. */
    void write(List<TapeChange> changes);
}
