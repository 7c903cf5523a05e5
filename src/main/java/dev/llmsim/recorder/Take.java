package dev.llmsim.recorder;

import dev.llmsim.exchange.Bytes;
import dev.llmsim.exchange.Ending;
import dev.llmsim.exchange.Frame;
import dev.llmsim.exchange.Framing;
import dev.llmsim.exchange.Headers;
import dev.llmsim.exchange.RawExchange;
import dev.llmsim.exchange.Request;
import dev.llmsim.exchange.Response;
import dev.llmsim.exchange.ResponseHead;
import dev.llmsim.exchange.TimingSource;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a capture has taken so far, with the times as they were measured. Not thread-safe: it is handed from thread to thread. */
final class Take {
    private static final long UNSET = Long.MIN_VALUE;

    private final Request requestHead;
    private final List<Bytes> requestChunks = new ArrayList<>();
    private final List<Bytes> reads = new ArrayList<>();
    private final List<Long> readNanos = new ArrayList<>();
    private @Nullable ResponseHead headOrNull;
    private Framing framing = Framing.CLOSE;
    private long declaredBytes = -1;
    private Headers trailers = Headers.EMPTY;
    private Ending ending = Ending.COMPLETE;
    private long sentNanos = UNSET;
    private long headNanos = UNSET;
    private long endNanos = UNSET;

    Take(Request requestHead) {
        this.requestHead = requestHead;
    }

    void requestBytes(Bytes chunk) {
        requestChunks.add(chunk);
    }

    void requestSent(long nanos) {
        sentNanos = nanos;
    }

    void head(ResponseHead head, Framing newFraming, long newDeclaredBytes, long nanos) {
        headOrNull = head;
        framing = newFraming;
        declaredBytes = newDeclaredBytes;
        headNanos = nanos;
    }

    boolean hasHead() {
        return headOrNull != null;
    }

    void read(Bytes chunk, long nanos) {
        reads.add(chunk);
        readNanos.add(nanos);
    }

    void trailers(Headers newTrailers) {
        trailers = newTrailers;
    }

    void end(Ending newEnding, long nanos) {
        ending = newEnding;
        endNanos = nanos;
    }

    /** The exchange with offsets from the last byte of the request, or from its first event where that was never sent. */
    RawExchange develop() {
        long zero = sentNanos != UNSET ? sentNanos : headNanos != UNSET ? headNanos : endNanos;
        List<Frame> frames = new ArrayList<>(reads.size());
        for (int i = 0; i < reads.size(); i++) {
            frames.add(new Frame(micros(readNanos.get(i), zero), reads.get(i)));
        }
        Response response = new Response(
                headOrNull,
                framing,
                declaredBytes,
                frames,
                trailers,
                TimingSource.RECORDED,
                headNanos == UNSET ? 0 : micros(headNanos, zero),
                micros(endNanos, zero),
                ending);
        return new RawExchange(requestHead.withBody(Bytes.concat(requestChunks)), response);
    }

    /** An answer may begin before the whole request was sent: its offset is then 0. */
    private static long micros(long nanos, long zeroNanos) {
        return Math.max(0, nanos - zeroNanos) / 1000;
    }
}
