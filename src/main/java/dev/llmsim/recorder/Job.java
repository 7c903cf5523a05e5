package dev.llmsim.recorder;

import dev.llmsim.exchange.Request;

/** What an event loop hands to the recorder's thread. */
sealed interface Job {
    /** An exchange has begun. */
    record Begun(long row, Request head, long atMillis) implements Job {}

    /**
     * An exchange has ended.
     *
     * @param heldBytes what to give back to the budget when it is done with
     */
    record Ended(long row, Take take, long heldBytes, long atNanos) implements Job {}

    /** An exchange will not be kept. */
    record GivenUp(long row, String reason) implements Job {}

    /** There will be no more. */
    record Stop() implements Job {}
}
