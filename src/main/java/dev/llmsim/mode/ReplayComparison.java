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
 */
record ReplayComparison(Response sent, Response replayed, boolean redacted, UnaryOperator<Headers> kept) {

    Optional<String> firstDifference() {
        return head().or(() -> headers("trailer", sent.trailers(), replayed.trailers()))
                .or(this::body)
                .or(() -> different("framing", sent.framing(), replayed.framing()))
                .or(this::missingBytes)
                .or(() -> different("ending", sent.ending(), replayed.ending()));
    }

    private Optional<String> head() {
        if (sent.head().isEmpty() || replayed.head().isEmpty()) {
            return different("head", presence(sent), presence(replayed));
        }
        ResponseHead one = sent.head().get();
        ResponseHead other = replayed.head().get();
        return different("status", one.status(), other.status())
                .or(() -> one.reason().equals(other.reason())
                        ? Optional.empty()
                        : Optional.of("the reason phrase differs"))
                .or(() -> headers("header", one.headers(), other.headers()));
    }

    private Optional<String> headers(String kind, Headers one, Headers other) {
        List<Header> sentLines = kept.apply(one).lines();
        List<Header> replayedLines = other.lines();
        for (int i = 0; i < Math.min(sentLines.size(), replayedLines.size()); i++) {
            if (!equal(sentLines.get(i), replayedLines.get(i))) {
                return Optional.of(
                        kind + " " + (i + 1) + " differs: " + sentLines.get(i).name() + " was sent, "
                                + replayedLines.get(i).name() + " would be replayed");
            }
        }
        return different("number of kept " + kind + "s", sentLines.size(), replayedLines.size());
    }

    private boolean equal(Header one, Header other) {
        return one.name().equals(other.name())
                && (one.value().equals(other.value()) || (redacted && Spans.equal(other.value(), one.value())));
    }

    private Optional<String> body() {
        Bytes one = sent.body();
        Bytes other = replayed.body();
        if (one.equals(other) || (redacted && (equalText(one, other) || EventStreamSpans.equal(other, one)))) {
            return Optional.empty();
        }
        int mismatch = one.asByteBuffer().mismatch(other.asByteBuffer());
        return Optional.of("the body differs" + (redacted ? " outside redacted spans" : "") + ", first at byte "
                + mismatch + " (" + one.length() + " bytes were sent, " + other.length() + " would be replayed)");
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

    private static boolean equalText(Bytes sent, Bytes replayed) {
        return Spans.equal(latin1(replayed), latin1(sent));
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
