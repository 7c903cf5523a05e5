package dev.llmsim.mode;

import dev.llmsim.exchange.Headers;
import dev.llmsim.exchange.Key;
import dev.llmsim.exchange.RawExchange;
import dev.llmsim.exchange.Recording;
import dev.llmsim.exchange.Request;
import dev.llmsim.exchange.Response;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * Shows that a sealed recording answers its own request with what the client was sent: the request, sent again as it was,
 * goes through the same redaction, keys and look-up as any other, and the answer is filled and compared. Thread-safe.
 */
public final class Proof {
    private final Answering.Matches matches;
    private final UnaryOperator<Response> decode;
    private final UnaryOperator<Headers> kept;

    /**
     * @param decode an answer without its content coding, where that can be undone
     * @param kept the lines of an answer's head or trailers that recordings keep
     */
    public Proof(Answering.Matches matches, UnaryOperator<Response> decode, UnaryOperator<Headers> kept) {
        this.matches = matches;
        this.decode = decode;
        this.kept = kept;
    }

    /** Why {@code recording} would not replay as {@code raw} was sent; empty where it would. Never shows content. */
    public Optional<String> flaw(Recording recording, RawExchange raw) {
        Question question = new Question(raw.request(), matches.redactor(), new Session("proof", 0));
        return unmatched(recording, question).or(() -> {
            Response filled = question.redacted().secrets().fill(recording.response());
            Response replayed = recording.redacted() ? filled : recording.response();
            return new ReplayComparison(
                            decode.apply(raw.response()), recording.response(), replayed, recording.redacted(), kept)
                    .firstDifference();
        });
    }

    /** Looks the request up among this one recording, as {@code replay} will among all: a hit there needs the same key. */
    private Optional<String> unmatched(Recording recording, Question question) {
        Library alone = Library.of(
                Mode.REPLAY,
                List.of(new RecordingsInMemory("proof", List.of(recording), matches.matching(), matches.routing())));
        if (new Lookup(alone, matches.matching(), matches.routing())
                .find(question)
                .isPresent()) {
            return Optional.empty();
        }
        Function<Request, Key> contentKey = matches.matching().contentKey();
        return Optional.of("its request would not find it: the key is "
                + contentKey.apply(question.redacted().request()) + " as sent and "
                + contentKey.apply(recording.request())
                + " as stored, for " + question.raw().upstream() + " and "
                + recording.request().upstream());
    }
}
