package dev.llmsim.recorder;

import dev.llmsim.exchange.Bytes;
import dev.llmsim.exchange.Ending;
import dev.llmsim.exchange.Framing;
import dev.llmsim.exchange.Headers;
import dev.llmsim.exchange.ResponseHead;

/**
 * Takes the bytes of one exchange as they cross the wire. Called on the exchange's event loop only; never blocks. All times
 * are {@link System#nanoTime()} at the read or the write.
 *
 * <p>A method that returns false has not taken the chunk, because the recorder is behind: the caller stops reading from
 * that side and offers the same chunk again later; after a second in all it calls {@link #giveUp} and lets the bytes flow.
 * Ends with exactly one of {@link #seal} and {@link #giveUp}; calls after that do nothing (and return true).
 */
public interface Capture {
    boolean requestBytes(Bytes chunk);

    /** The last byte of the request was written upstream: offsets count from here. */
    void requestSent(long nanos);

    void responseHead(ResponseHead head, Framing framing, long declaredBytes, long nanos);

    boolean responseBytes(Bytes chunk, long nanos);

    void trailers(Headers trailers);

    void seal(Ending ending, long nanos);

    /** This exchange will not be kept; it stays on the tape as unfinished. */
    void giveUp(String reason);
}
