package dev.llmsim.exchange;

/** The kinds of failure a caller can tell apart; each has its own exit code on the command line (docs/exit-codes.md). */
public enum ErrorCode {
    /** A bug or an unforeseen condition. */
    INTERNAL(1),
    /** Wrong options, variables or arguments. */
    USAGE(2),
    /** The address cannot be bound. */
    PORT_IN_USE(3),
    /** Another process holds the tape. */
    TAPE_HELD(4),
    /** The tape is damaged, of a newer version, or cannot be read or written. */
    TAPE_UNUSABLE(5),
    /** A cassette file is damaged, hostile, too large or of a newer version. */
    CASSETTE_INVALID(6),
    /** A check found something: a recording that cannot match or replay, a secret, a comparison that differs. */
    CHECK_FAILED(7),
    /** There is nothing to replay. */
    NOTHING_TO_REPLAY(8);

    private final int exitCode;

    ErrorCode(int exitCode) {
        this.exitCode = exitCode;
    }

    public int exitCode() {
        return exitCode;
    }
}
