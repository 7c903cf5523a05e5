package dev.llmsim.telemetry;

import java.util.Locale;

/** A quantity that the gateway counts while it runs. */
public enum Counter {
    /** Client connections accepted. */
    CONNECTIONS,
    /** Client connections open now. */
    OPEN_CONNECTIONS,
    /** Requests whose head was read, ours included. */
    REQUESTS,
    /** Exchanges that have begun and not ended. */
    OPEN_EXCHANGES,
    /** WebSockets open now. */
    OPEN_WEBSOCKETS,
    /** Requests passed to an upstream. */
    FORWARDED,
    /** Requests answered from a recording. */
    RECORDED,
    /** Requests answered from a script. */
    SCRIPTED,
    /** Requests answered by the simulator. */
    SYNTHETIC,
    /** Requests answered with an error on purpose. */
    INJECTED_ERRORS,
    /** Faults done to answers on their way, of all kinds. */
    FAULTS,
    /** Events left out of answers on purpose. */
    FAULTS_DROP,
    /** Events damaged on purpose. */
    FAULTS_CORRUPT,
    /** Streams ended by an error on purpose. */
    FAULTS_ERROR,
    /** Bytes kept apart on purpose. */
    FAULTS_SPLIT,
    /** Answers slowed down to a rate on purpose. */
    FAULTS_DRIP,
    /** Silences on purpose. */
    FAULTS_STALL,
    /** Connections closed before the end of an answer on purpose. */
    FAULTS_CUT,
    /** Connections reset before the end of an answer on purpose. */
    FAULTS_RESET,
    /** Requests answered by the gateway itself: pages, misses, errors. */
    OWN_ANSWERS,
    /** Answers of the gateway itself with status 424: no recording matched. */
    MISSES,
    /** Answers of the gateway itself with status 502 or 504: an upstream could not be reached or fell silent. */
    UPSTREAM_FAILURES,
    /** Requests that were not valid HTTP. */
    BAD_REQUESTS,
    /** Answers that the client did not wait for. */
    CLIENT_CANCELLED,
    /** Answers that upstream, silence or the end of the gateway cut short. */
    CUT_ANSWERS,
    /** Exchanges that began to be recorded and were not kept: upstream was not reached, or the recorder was behind. */
    CAPTURES_GIVEN_UP,
    /** Recordings that are on the tape and survive whatever happens to this process. */
    RECORDINGS_DURABLE,
    /** Microseconds from the end of an exchange to its commit, summed over all durable recordings. */
    COMMIT_LAG_MICROS,
    /** Durable recordings that would not replay as they were sent. */
    RECORDINGS_FLAWED,
    /** Exchanges that the recorder could not bring to the tape. */
    RECORDINGS_LOST,
    /** Parts of played answers that were due at a moment: heads, frames, ends. */
    PLAYED_PARTS,
    /** Microseconds by which those parts left after their moment, summed. */
    LATENESS_MICROS,
    /** The latest that a part has been, in microseconds. */
    MAX_LATENESS_MICROS,
    /** Connections opened to upstreams. */
    UPSTREAM_CONNECTIONS,
    /** Body bytes written to clients. */
    BODY_BYTES;

    /** Whether this is the largest of the amounts told, and not their sum. */
    boolean isMaximum() {
        return this == MAX_LATENESS_MICROS;
    }

    /** The name in the stats page. */
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }
}
