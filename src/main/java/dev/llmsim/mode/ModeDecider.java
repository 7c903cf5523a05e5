package dev.llmsim.mode;

import dev.llmsim.exchange.Headers;
import dev.llmsim.exchange.LlmSimException;
import dev.llmsim.exchange.Request;
import dev.llmsim.provider.Dialect;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decides as its mode says. Thread-safe.
 *
 * <p>A decider for {@code replay} is made without the part that forwards: no state of it can decide to.
 */
public final class ModeDecider implements Decider {
    private static final Logger LOG = LoggerFactory.getLogger(ModeDecider.class);
    private static final Headers NO_RETRY = Headers.of("x-should-retry", "false");

    private final Mode mode;
    private final Function<Request, Decision> byHead;
    private final BiFunction<Request, Session, CompletionStage<Decision>> byWhole;

    private ModeDecider(
            Mode mode,
            Function<Request, Decision> byHead,
            BiFunction<Request, Session, CompletionStage<Decision>> byWhole) {
        this.mode = mode;
        this.byHead = byHead;
        this.byWhole = byWhole;
    }

    /** Forwards every request and keeps the exchange. */
    public static ModeDecider record(Routing routing) {
        return forwarding(Mode.RECORD, routing);
    }

    /** Forwards every request and keeps nothing. */
    public static ModeDecider passthrough(Routing routing) {
        return forwarding(Mode.PASSTHROUGH, routing);
    }

    /** The same without a simulator: every miss is an error. */
    public static ModeDecider replay(Answering answering, MissExplainer explainer) {
        return replay(answering, explainer, Synthesis.NONE);
    }

    /**
     * Answers from recordings. A miss is answered by {@code synthesis}, with a warning; where that has nothing it is 424 (Failed
     * Dependency), which no SDK retries or takes for a missing model.
     */
    public static ModeDecider replay(Answering answering, MissExplainer explainer, Synthesis synthesis) {
        Function<Question, CompletionStage<Decision>> strictly = question -> {
            Request redacted = question.redacted().request();
            return answering
                    .flawed(question)
                    .<CompletionStage<String>>map(entry -> CompletableFuture.completedFuture(notServed(entry)))
                    .orElseGet(() -> explained(explainer, redacted, answering.library()))
                    .thenApply(why -> miss(answering.routing(), redacted, why));
        };
        return lookingUp(
                Mode.REPLAY,
                answering,
                question -> synthesis
                        .answer(question.raw(), question.session())
                        .thenCompose(made -> made.<CompletionStage<Decision>>map(decision -> {
                                    warn(question.redacted().request());
                                    return CompletableFuture.completedFuture(decision);
                                })
                                .orElseGet(() -> strictly.apply(question))));
    }

    private static void warn(Request redacted) {
        LOG.warn(
                "no recording answers {} {} for {}: the simulator did (--strict makes that an error)",
                redacted.method(),
                redacted.path(),
                redacted.upstream());
    }

    /** Answers from a script, from recordings, and by the simulator, whichever of these has something, in this order. */
    public static ModeDecider simulate(Answering answering, Synthesis synthesis) {
        return deciding(
                Mode.SIMULATE,
                answering,
                question -> synthesis
                        .before(question.raw(), question.session())
                        .thenCompose(prelude -> after(prelude, answering, question)));
    }

    private static CompletionStage<Decision> after(Prelude prelude, Answering answering, Question question) {
        if (prelude instanceof Prelude.Decided decided) {
            return CompletableFuture.completedFuture(decided.decision());
        }
        Prelude.Undecided undecided = (Prelude.Undecided) prelude;
        return recordedOr(
                answering,
                question,
                asked -> undecided
                        .otherwise()
                        .get()
                        .thenApply(decision -> decision.orElseGet(() -> Simulated.unknown(asked.raw()))));
    }

    /** The same, but for requests that {@code first} has an answer to. */
    public ModeDecider after(Synthesis first) {
        return new ModeDecider(
                mode,
                byHead,
                (request, session) -> attempt(() -> first.answer(request, session))
                        .thenCompose(
                                decision -> decision.<CompletionStage<Decision>>map(CompletableFuture::completedFuture)
                                        .orElseGet(() -> byWhole.apply(request, session))));
    }

    /** Answers from recordings; a miss is forwarded and kept. */
    public static ModeDecider auto(Answering answering) {
        Forwarding forwarding = new Forwarding(Mode.AUTO, answering.routing());
        return lookingUp(
                Mode.AUTO, answering, question -> CompletableFuture.completedFuture(forwarding.decide(question.raw())));
    }

    @Override
    public Mode mode() {
        return mode;
    }

    /** @throws IllegalStateException if this mode looks up, which takes the whole request */
    @Override
    public Decision decideByHead(Request head, Session session) {
        return byHead.apply(head);
    }

    @Override
    public CompletionStage<Decision> decide(Request request, Session session) {
        return byWhole.apply(request, session);
    }

    private static ModeDecider forwarding(Mode mode, Routing routing) {
        Forwarding forwarding = new Forwarding(mode, routing);
        return new ModeDecider(
                mode,
                forwarding::decide,
                (request, session) -> CompletableFuture.completedFuture(forwarding.decide(request)));
    }

    private static ModeDecider lookingUp(
            Mode mode, Answering answering, Function<Question, CompletionStage<Decision>> onMiss) {
        return deciding(mode, answering, question -> recordedOr(answering, question, onMiss));
    }

    private static CompletionStage<Decision> recordedOr(
            Answering answering, Question question, Function<Question, CompletionStage<Decision>> onMiss) {
        return answering
                .answer(question)
                .thenCompose(answer -> answer.<CompletionStage<Decision>>map(CompletableFuture::completedFuture)
                        .orElseGet(() -> onMiss.apply(question)));
    }

    private static ModeDecider deciding(
            Mode mode, Answering answering, Function<Question, CompletionStage<Decision>> byQuestion) {
        Function<Request, Decision> byHead = head -> {
            throw new IllegalStateException("mode: " + mode.id() + " (expected: one that decides by the head alone)");
        };
        BiFunction<Request, Session, CompletionStage<Decision>> byWhole = (request, session) -> {
            Question question = answering.question(request, session);
            return attempt(() -> byQuestion.apply(question))
                    .exceptionally(failure -> unreadable(mode, answering.routing(), request, failure));
        };
        return new ModeDecider(mode, byHead, byWhole);
    }

    /** What goes wrong at once goes the same way as what goes wrong later. */
    private static <T> CompletionStage<T> attempt(Supplier<CompletionStage<T>> work) {
        try {
            return work.get();
        } catch (RuntimeException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    private static CompletionStage<String> explained(MissExplainer explainer, Request redacted, Library library) {
        return attempt(() -> explainer.explain(redacted, library)).exceptionally(failure -> {
            LOG.warn("a miss could not be explained", failure);
            return "Why could not be told: see the log.";
        });
    }

    private static String notServed(Entry entry) {
        return "The recording of this very request, " + entry.cassette() + "/" + entry.id()
                + ", is not served, because it would not replay as it was sent: "
                + entry.outcome().flaw().orElseThrow() + ".\nRemedy: record it again: llmsim record.";
    }

    private static Decision miss(Routing routing, Request redacted, String why) {
        return refuse(
                424,
                routing.dialectOf(redacted),
                "llmsim replay: no recording answers " + redacted.method() + " " + redacted.path() + " for "
                        + redacted.upstream() + ". " + why);
    }

    /** Names no path: what failed may be the redaction. */
    private static Decision unreadable(Mode mode, Routing routing, Request request, Throwable failure) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        if (cause instanceof OutOfMemoryError) {
            return heapFull(mode, routing, request);
        }
        String what = "llmsim " + mode.id() + ": a request for " + request.upstream() + " could not be looked up: ";
        if (cause instanceof LlmSimException) {
            LOG.error("{}{}", what, cause.getMessage());
        } else {
            LOG.error(what, cause);
        }
        return refuse(
                500,
                routing.dialectOf(request),
                what + Optional.ofNullable(cause.getMessage()).orElse(cause.toString()));
    }

    private static Decision heapFull(Mode mode, Routing routing, Request request) {
        String message = "llmsim " + mode.id() + ": no memory left to answer a request of "
                + request.body().length() + " bytes for " + request.upstream() + " (heap: "
                + (Runtime.getRuntime().maxMemory() >> 20)
                + " MB; expected: smaller requests and answers, fewer at a time, or more heap:"
                + " LLMSIM_JAVA_OPTS=-Xmx2g)";
        LOG.error(message);
        return refuse(503, routing.dialectOf(request), message);
    }

    private static Decision refuse(int status, Dialect dialect, String message) {
        return new Decision.Refuse(new Refusal(status, dialect, message, NO_RETRY));
    }
}
