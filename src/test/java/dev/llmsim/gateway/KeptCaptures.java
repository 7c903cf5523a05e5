package dev.llmsim.gateway;

import dev.llmsim.exchange.Bytes;
import dev.llmsim.exchange.Ending;
import dev.llmsim.exchange.Framing;
import dev.llmsim.exchange.Headers;
import dev.llmsim.exchange.Request;
import dev.llmsim.exchange.ResponseHead;
import dev.llmsim.recorder.Capture;
import dev.llmsim.recorder.CaptureSource;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** A recorder that keeps what it is told, in memory and in order. While {@link #behind} it takes no chunk. */
final class KeptCaptures implements CaptureSource {
    final List<Kept> all = new CopyOnWriteArrayList<>();
    final AtomicBoolean behind = new AtomicBoolean();
    final AtomicBoolean failing = new AtomicBoolean();

    @Override
    public Capture begin(Request head) {
        Kept kept = new Kept(head);
        all.add(kept);
        return kept;
    }

    /** One capture; volatile fields are written on the event loop and read by the test. */
    final class Kept implements Capture {
        final Request request;
        final List<String> calls = new CopyOnWriteArrayList<>();
        final List<Bytes> requestChunks = new CopyOnWriteArrayList<>();
        final List<Bytes> responseChunks = new CopyOnWriteArrayList<>();
        volatile @Nullable ResponseHead head;
        volatile @Nullable Framing framing;
        volatile long declaredBytes = -2;
        volatile Headers trailers = Headers.EMPTY;
        volatile @Nullable Ending ending;
        volatile @Nullable String givenUp;
        volatile long sentNanos;
        volatile long headNanos;
        volatile long endNanos;

        Kept(Request request) {
            this.request = request;
        }

        @Override
        public boolean requestBytes(Bytes chunk) {
            return take(requestChunks, "requestBytes", chunk);
        }

        private boolean take(List<Bytes> into, String call, Bytes chunk) {
            if (failing.get()) {
                throw new IllegalStateException("the recorder is made to fail");
            }
            if (behind.get()) {
                return false;
            }
            calls.add(call);
            into.add(chunk);
            return true;
        }

        @Override
        public void requestSent(long nanos) {
            calls.add("requestSent");
            sentNanos = nanos;
        }

        @Override
        public void responseHead(ResponseHead newHead, Framing newFraming, long newDeclaredBytes, long nanos) {
            calls.add("responseHead");
            head = newHead;
            framing = newFraming;
            declaredBytes = newDeclaredBytes;
            headNanos = nanos;
        }

        @Override
        public boolean responseBytes(Bytes chunk, long nanos) {
            return take(responseChunks, "responseBytes", chunk);
        }

        @Override
        public void trailers(Headers newTrailers) {
            calls.add("trailers");
            trailers = newTrailers;
        }

        @Override
        public void seal(Ending newEnding, long nanos) {
            calls.add("seal");
            ending = newEnding;
            endNanos = nanos;
        }

        @Override
        public void giveUp(String reason) {
            calls.add("giveUp");
            givenUp = reason;
        }

        ResponseHead head() {
            return Objects.requireNonNull(head, "no head was captured");
        }

        String requestText() {
            return Bytes.concat(requestChunks).utf8();
        }

        String responseText() {
            return Bytes.concat(responseChunks).utf8();
        }
    }
}
