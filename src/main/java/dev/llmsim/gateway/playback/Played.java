package dev.llmsim.gateway.playback;

import dev.llmsim.mode.Origin;
import dev.llmsim.timing.Lateness;

/**
 * What became of one playback.
 *
 * @param status of the head that was sent; 0 if none was
 * @param headNanos from the end of the request to the moment the head was sent; -1 if none was
 * @param bodyNanos from the end of the request to the moment the first body byte was sent; -1 if none was
 * @param bodyBytes body bytes handed to the connection
 * @param clientLeft whether the client closed the connection before the answer had ended
 * @param keepsConnection whether the connection takes the next request
 * @param lateness how far behind schedule it ran
 */
public record Played(
        Origin origin,
        int status,
        long headNanos,
        long bodyNanos,
        long bodyBytes,
        boolean clientLeft,
        boolean keepsConnection,
        Lateness lateness) {}
