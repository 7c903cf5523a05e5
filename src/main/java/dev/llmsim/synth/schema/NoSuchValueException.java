package dev.llmsim.synth.schema;

/** No JSON value that we can make is valid against a schema. */
public final class NoSuchValueException extends Exception {
    private static final long serialVersionUID = 1L;

    NoSuchValueException(String reason) {
        super(reason, null, false, false);
    }
}
