package dev.llmsim.exchange;

/** How an answer ended. */
public enum Ending {
    /** As its framing demands. */
    COMPLETE,
    /** The client left before the end; what had arrived by then was kept. */
    CLIENT_CANCELLED,
    /** Upstream reset the connection (TCP RST). */
    UPSTREAM_RESET,
    /** Upstream closed the connection (TCP FIN) before the end that its framing had announced. */
    UPSTREAM_TRUNCATED,
    /** Upstream fell silent for longer than the gateway was told to wait. */
    TIMEOUT
}
