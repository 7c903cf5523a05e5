package dev.llmsim.gateway;

import io.netty.handler.codec.http.HttpContent;

/** What is being done with the request that a client connection has in hand. All calls are on the connection's loop. */
interface Stage {
    /** The next part of the request's body, which the stage now owns; the last part is a {@code LastHttpContent}. */
    void content(HttpContent content);

    /** All that one read from the client brought has been passed on. */
    default void readComplete() {}

    /** The client's connection takes bytes again, or has ceased to. */
    default void writabilityChanged() {}

    /** The request broke off or is not valid: all work for it stops. The exchange goes on, for the refusal. */
    default void cancel() {}

    /** The client's connection is closed. */
    void clientGone();

    /** The gateway is about to stop: what has begun is ended, nothing new is begun. */
    default void drain() {}

    /** The gateway stops now. */
    void abandon();
}
