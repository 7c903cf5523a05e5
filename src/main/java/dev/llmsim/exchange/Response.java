package dev.llmsim.exchange;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One answer, whatever it comes from: a recording, a script, a generator. Bodies are content-decoded.
 *
 * @param headOrNull absent where upstream failed before it sent a head
 * @param framing how the end was marked on the wire
 * @param declaredBytes the {@code content-length} that upstream announced for the body as it is kept here, or -1; replayed
 *     when the body ended short of it, and for answers to HEAD
 * @param trailers trailer fields after a chunked body
 * @param headMicros arrival of the head, in microseconds after the last byte of the request (0 where there is none)
 * @param endMicros the moment of the {@code ending}
 */
public record Response(
        @Nullable ResponseHead headOrNull,
        Framing framing,
        long declaredBytes,
        List<Frame> frames,
        Headers trailers,
        TimingSource timing,
        long headMicros,
        long endMicros,
        Ending ending) {

    public Response {
        frames = List.copyOf(frames);
        Objects.requireNonNull(framing);
        Objects.requireNonNull(trailers);
        Objects.requireNonNull(timing);
        Objects.requireNonNull(ending);
        if (headOrNull == null && !frames.isEmpty()) {
            throw new IllegalArgumentException("frames: " + frames.size() + " without a head (expected: none)");
        }
    }

    public Optional<ResponseHead> head() {
        return Optional.ofNullable(headOrNull);
    }

    /** All frames joined. */
    public Bytes body() {
        return Bytes.concat(frames.stream().map(Frame::bytes).toList());
    }

    public long bodyBytes() {
        return Frame.totalBytes(frames);
    }
}
