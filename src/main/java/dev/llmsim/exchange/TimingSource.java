package dev.llmsim.exchange;

/** Where the offsets of an answer come from. */
public enum TimingSource {
    /** Measured when the answer was recorded. */
    RECORDED,
    /** Computed by a documented model, because the source had no timing. */
    MODELLED
}
