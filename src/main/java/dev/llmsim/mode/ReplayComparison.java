package dev.llmsim.mode;

import dev.llmsim.exchange.Bytes;
import dev.llmsim.exchange.Header;
import dev.llmsim.exchange.Headers;
import dev.llmsim.exchange.Response;
import dev.llmsim.exchange.ResponseHead;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * Replay identity (DESIGN section 2): the same status line, kept headers, body, trailers and ending, outside redacted spans.
 * Names the first difference by its place, never by its content, which may be secret.
 *
 * @param sent what the client was sent, without its content coding
 * @param recorded what the recording holds
 * @param replayed what the client would be sent: a placeholder is filled in one spelling, whichever was sent
 */
record ReplayComparison(
        Response sent, Response recorded, Response replayed, boolean redacted, UnaryOperator<Headers> kept) {

    Optional<String> firstDifference() {
        return head().or(() -> headers("trailer", sent.trailers(), recorded.trailers()))
                .or(this::body)
                .or(() -> different("framing", sent.framing(), replayed.framing()))
                .or(this::missingBytes)
                .or(() -> different("ending", sent.ending(), replayed.ending()));
    }

    private Optional<String> head() {
        if (sent.head().isEmpty() || recorded.head().isEmpty()) {
            return different("head", presence(sent), presence(recorded));
        }
        ResponseHead one = sent.head().get();
        ResponseHead other = recorded.head().get();
        return different("status", one.status(), other.status())
                .or(() -> equal(one.reason(), other.reason())
                        ? Optional.empty()
                        : Optional.of("the reason phrase differs"))
                .or(() -> headers("header", one.headers(), other.headers()));
    }

    private Optional<String> headers(String kind, Headers one, Headers other) {
        List<Header> sentLines = kept.apply(one).lines();
        List<Header> recordedLines = other.lines();
        for (int i = 0; i < Math.min(sentLines.size(), recordedLines.size()); i++) {
            Header line = sentLines.get(i);
            Header recordedLine = recordedLines.get(i);
            if (!line.name().equals(recordedLine.name()) || !equal(line.value(), recordedLine.value())) {
                return Optional.of(kind + " " + (i + 1) + " differs: " + line.name() + " was sent, "
                        + recordedLine.name() + " would be replayed");
            }
        }
        return different("number of kept " + kind + "s", sentLines.size(), recordedLines.size());
    }

    private boolean equal(String one, String other) {
        return one.equals(other) || (redacted && Spans.equal(other, one));
    }

    private Optional<String> body() {
        Bytes one = sent.body();
        Bytes other = recorded.body();
        if (one.equals(other) || (redacted && (equalText(one, other) || EventStreamSpans.equal(other, one)))) {
            return Optional.empty();
        }
        int mismatch = one.asByteBuffer().mismatch(other.asByteBuffer());
        boolean beforeSpans = !redacted || mismatch < Spans.first(latin1(other));
        return Optional.of("the body differs" + (redacted ? " outside redacted spans" : "")
                + (beforeSpans ? ", first at byte " + mismatch : ", after the first of them")
                + " (" + one.length() + " bytes were sent, " + replayed.bodyBytes() + " would be replayed)");
    }

    /** A body that ended short of its announced length ends as short of it again. */
    private Optional<String> missingBytes() {
        long missing = sent.declaredBytes() - sent.bodyBytes();
        return sent.declaredBytes() < 0 || missing == 0
                ? Optional.empty()
                : different(
                        "number of announced bytes that never came",
                        missing,
                        replayed.declaredBytes() - replayed.bodyBytes());
    }

    private static boolean equalText(Bytes sent, Bytes recorded) {
        return Spans.equal(latin1(recorded), latin1(sent));
    }

    private static String latin1(Bytes bytes) {
        return new String(bytes.toArray(), StandardCharsets.ISO_8859_1);
    }

    private static String presence(Response response) {
        return response.head().isPresent() ? "one" : "none";
    }

    private static Optional<String> different(String what, Object sent, Object replayed) {
        return Objects.equals(sent, replayed)
                ? Optional.empty()
                : Optional.of("the " + what + " differs: " + sent + " was sent, " + replayed + " would be replayed");
    }
}
