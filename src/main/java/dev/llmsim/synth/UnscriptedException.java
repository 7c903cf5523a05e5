package dev.llmsim.synth;

/** Ends the handling of a call that only a script may answer: no turn is for it. */
final class UnscriptedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    UnscriptedException() {
        super("no turn of the script is for this request", null, false, false);
    }
}
