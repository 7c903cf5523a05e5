package dev.llmsim.mode;

import dev.llmsim.cassette.redaction.Redactor;
import dev.llmsim.exchange.Recording;
import dev.llmsim.exchange.Request;
import dev.llmsim.exchange.Response;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/** Answers from a library. Thread-safe; what takes long is done on an executor. */
public final class Answering {
    /** Larger bodies would hold up the other streams of an event loop while they are read (DESIGN, "What speed costs"). */
    static final int INLINE_BYTES = 64 * 1024;

    private final Library library;
    private final Matches matches;
    private final Lookup lookup;
    private final Executor executor;
    private final @Nullable Retiming retimingOrNull;

    /** @param executor for requests and answers of more than 64 KB, and requests that are coded: they may grow a thousandfold */
    public Answering(Library library, Matches matches, Executor executor) {
        this(library, matches, executor, null);
    }

    private Answering(Library library, Matches matches, Executor executor, @Nullable Retiming retimingOrNull) {
        this.library = library;
        this.matches = matches;
        this.lookup = new Lookup(library, matches.matching(), matches.routing());
        this.executor = executor;
        this.retimingOrNull = retimingOrNull;
    }

    /** The same, whose answers get their times from {@code retiming}. */
    public Answering retimed(Retiming retiming) {
        return new Answering(library, matches, executor, retiming);
    }

    /** What a request goes through before it is looked up. */
    public record Matches(Redactor redactor, Matching matching, Routing routing) {}

    Library library() {
        return library;
    }

    Routing routing() {
        return matches.routing();
    }

    Question question(Request raw, Session session) {
        return new Question(raw, matches.redactor(), session);
    }

    /** The recorded answer to {@code question}, empty where there is none; fails where a recording cannot be read. */
    CompletionStage<Optional<Decision.Respond>> answer(Question question) {
        return isQuick(question.raw())
                ? find(question)
                : CompletableFuture.supplyAsync(() -> find(question), executor).thenCompose(found -> found);
    }

    /** The recording of this very request that is not served, because it would not replay as it was sent. */
    Optional<Entry> flawed(Question question) {
        return lookup.flawed(question);
    }

    private static boolean isQuick(Request raw) {
        return raw.body().length() <= INLINE_BYTES && !raw.headers().contains("content-encoding");
    }

    private CompletionStage<Optional<Decision.Respond>> find(Question question) {
        Optional<Lookup.Hit> hit = lookup.find(question);
        if (hit.isEmpty()) {
            return CompletableFuture.completedFuture(Optional.empty());
        }
        Entry entry = hit.get().entry();
        Origin origin =
                new Origin.Recorded(entry.cassette(), entry.id(), hit.get().tier());
        return entry.load()
                .thenCompose(recording -> filled(recording, question))
                .thenCompose(response -> timed(response, question))
                .thenApply(response -> Optional.of(new Decision.Respond(response, origin)));
    }

    private CompletionStage<Response> timed(Response response, Question question) {
        return retimingOrNull == null
                ? CompletableFuture.completedFuture(response)
                : CompletableFuture.supplyAsync(() -> retimingOrNull.at(question.raw(), response), executor);
    }

    private CompletionStage<Response> filled(Recording recording, Question question) {
        Response response = recording.response();
        if (!recording.redacted()) {
            return CompletableFuture.completedFuture(response);
        }
        if (response.bodyBytes() <= INLINE_BYTES) {
            return CompletableFuture.completedFuture(
                    question.redacted().secrets().fill(response));
        }
        return CompletableFuture.supplyAsync(() -> question.redacted().secrets().fill(response), executor);
    }
}
