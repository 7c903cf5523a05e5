package dev.llmsim.gateway;

import java.time.Duration;
import java.util.List;

/**
 * How long the gateway waits, phase by phase.
 *
 * @param connect for one upstream's name to resolve and its TCP connection to open (504)
 * @param handshake for the TLS handshake with upstream (504)
 * @param firstByte from the last byte of the request to the first of the answer (504)
 * @param idle between two reads of the answer, or for upstream to take more of the request (the answer is cut, or 504)
 * @param requestHead for a client to send a request's head, once it began (408)
 * @param requestIdle between two reads of a request's body (408)
 * @param keepAlive for a client's next request on an open connection (closed)
 * @param upstreamKeepAlive for which an unused upstream connection is kept
 */
public record Timeouts(
        Duration connect,
        Duration handshake,
        Duration firstByte,
        Duration idle,
        Duration requestHead,
        Duration requestIdle,
        Duration keepAlive,
        Duration upstreamKeepAlive) {

    /** Longer ones are refused: they are mistakes, and sockets count milliseconds in 32 bits. */
    public static final Duration LONGEST = Duration.ofHours(24);

    /** Generous towards slow models, and short of the five seconds after which common servers drop an idle connection. */
    public static final Timeouts DEFAULT = new Timeouts(
            Duration.ofSeconds(10),
            Duration.ofSeconds(10),
            Duration.ofMinutes(10),
            Duration.ofMinutes(5),
            Duration.ofSeconds(30),
            Duration.ofSeconds(60),
            Duration.ofSeconds(75),
            Duration.ofSeconds(4));

    public Timeouts {
        for (Duration limit :
                List.of(connect, handshake, firstByte, idle, requestHead, requestIdle, keepAlive, upstreamKeepAlive)) {
            if (limit.isNegative() || limit.compareTo(LONGEST) > 0) {
                throw new IllegalArgumentException("timeout: " + limit + " (expected: 0 to 24 hours)");
            }
        }
    }

    public Timeouts withConnect(Duration limit) {
        return new Timeouts(limit, handshake, firstByte, idle, requestHead, requestIdle, keepAlive, upstreamKeepAlive);
    }

    public Timeouts withHandshake(Duration limit) {
        return new Timeouts(connect, limit, firstByte, idle, requestHead, requestIdle, keepAlive, upstreamKeepAlive);
    }

    public Timeouts withFirstByte(Duration limit) {
        return new Timeouts(connect, handshake, limit, idle, requestHead, requestIdle, keepAlive, upstreamKeepAlive);
    }

    public Timeouts withIdle(Duration limit) {
        return new Timeouts(
                connect, handshake, firstByte, limit, requestHead, requestIdle, keepAlive, upstreamKeepAlive);
    }

    public Timeouts withRequestHead(Duration limit) {
        return new Timeouts(connect, handshake, firstByte, idle, limit, requestIdle, keepAlive, upstreamKeepAlive);
    }

    public Timeouts withRequestIdle(Duration limit) {
        return new Timeouts(connect, handshake, firstByte, idle, requestHead, limit, keepAlive, upstreamKeepAlive);
    }

    public Timeouts withKeepAlive(Duration limit) {
        return new Timeouts(connect, handshake, firstByte, idle, requestHead, requestIdle, limit, upstreamKeepAlive);
    }

    public Timeouts withUpstreamKeepAlive(Duration limit) {
        return new Timeouts(connect, handshake, firstByte, idle, requestHead, requestIdle, keepAlive, limit);
    }
}
