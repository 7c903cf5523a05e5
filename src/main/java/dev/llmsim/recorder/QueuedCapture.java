package dev.llmsim.recorder;

import dev.llmsim.exchange.Bytes;
import dev.llmsim.exchange.Ending;
import dev.llmsim.exchange.Framing;
import dev.llmsim.exchange.Headers;
import dev.llmsim.exchange.Request;
import dev.llmsim.exchange.ResponseHead;

/** Holds one exchange in memory, within the budget, and hands it to the recorder's thread when it has ended. */
final class QueuedCapture implements Capture {
    /** What an object for each chunk costs besides its bytes. */
    private static final int CHUNK_OVERHEAD_BYTES = 64;

    private final Recorder recorder;
    private final long row;
    private Take take;
    private long heldBytes;
    private boolean ended;

    QueuedCapture(Recorder recorder, long row, Request head) {
        this.recorder = recorder;
        this.row = row;
        this.take = new Take(head);
    }

    @Override
    public boolean requestBytes(Bytes chunk) {
        if (!hold(chunk)) {
            return false;
        }
        if (!ended) {
            take.requestBytes(chunk);
        }
        return true;
    }

    @Override
    public void requestSent(long nanos) {
        take.requestSent(nanos);
    }

    @Override
    public void responseHead(ResponseHead head, Framing framing, long declaredBytes, long nanos) {
        if (!ended) {
            take.head(head, framing, declaredBytes, nanos);
        }
    }

    @Override
    public boolean responseBytes(Bytes chunk, long nanos) {
        if (!ended && !take.hasHead()) {
            throw new IllegalStateException("responseBytes before responseHead (expected: the head first)");
        }
        if (!hold(chunk)) {
            return false;
        }
        if (!ended) {
            take.read(chunk, nanos);
        }
        return true;
    }

    @Override
    public void trailers(Headers trailers) {
        if (!ended) {
            take.trailers(trailers);
        }
    }

    @Override
    public void seal(Ending ending, long nanos) {
        if (ended) {
            return;
        }
        ended = true;
        take.end(ending, nanos);
        recorder.ended(new Job.Ended(row, take, heldBytes, nanos));
        forget();
    }

    @Override
    public void giveUp(String reason) {
        if (ended) {
            return;
        }
        ended = true;
        recorder.release(heldBytes);
        recorder.givenUp(new Job.GivenUp(row, reason));
        forget();
    }

    /** Whether the caller may go on; a capture that has ended holds nothing more. */
    private boolean hold(Bytes chunk) {
        long bytes = chunk.length() + (long) CHUNK_OVERHEAD_BYTES;
        if (ended) {
            return true;
        }
        if (heldBytes + bytes > recorder.settings().captureBytes()) {
            giveUp("longer than " + recorder.settings().captureBytes() + " bytes, which is what one exchange may hold");
            return true;
        }
        if (!recorder.reserve(bytes)) {
            return false;
        }
        heldBytes += bytes;
        return true;
    }

    /** The take now belongs to the recorder's thread, or to nobody. */
    private void forget() {
        heldBytes = 0;
        take = new Take(NOTHING);
    }

    private static final Request NOTHING = new Request("none", "GET", "/", Headers.EMPTY, Bytes.EMPTY);
}
