package dev.llmsim.mode;

import dev.llmsim.exchange.Headers;
import dev.llmsim.exchange.Request;
import dev.llmsim.provider.Dialect;
import dev.llmsim.provider.simulation.Answer;
import dev.llmsim.provider.simulation.Timeline;
import dev.llmsim.provider.simulation.Work;
import dev.llmsim.synth.Attempt;
import dev.llmsim.synth.Simulator;
import dev.llmsim.synth.Tempo;
import java.time.InstantSource;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;

/** The simulator's answers, with the times that its latency gives them. Thread-safe; works on an executor. */
public final class Simulated implements Synthesis {
    private final Simulator simulator;
    private final Routing routing;
    private final Latency latency;
    private final Executor executor;
    private final InstantSource clock = InstantSource.system();

    public Simulated(Simulator simulator, Routing routing, Latency latency, Executor executor) {
        this.simulator = simulator;
        this.routing = routing;
        this.latency = latency;
        this.executor = executor;
    }

    @Override
    public CompletionStage<Optional<Decision>> answer(Request request, Session session) {
        return CompletableFuture.supplyAsync(() -> simulated(request, session), executor);
    }

    /** The same, but for requests to endpoints that are simulated alone: nothing is made up about others. */
    public Synthesis ofKnownEndpoints() {
        return (request, session) -> simulator.simulates(placed(request), routing.dialectOf(request))
                ? answer(request, session)
                : CompletableFuture.completedFuture(Optional.empty());
    }

    /** Errors on purpose, each in its time; nothing where a request is to be answered. Works where it is called: that is quick. */
    public Synthesis injectedErrors() {
        return (request, session) -> CompletableFuture.completedFuture(simulator
                .injected(placed(request), routing.dialectOf(request), session.synth())
                .map(injected ->
                        new Decision.Respond(Latency.after(injected.delay(), injected.answer()), Origin.FAULT)));
    }

    /**
     * A script answers before recordings do. What it makes of a request that it has no say in is kept until they have none
     * either; nothing at all is made of one that no model would work for, since that may change what is stored.
     */
    @Override
    public CompletionStage<Prelude> before(Request request, Session session) {
        return simulator.isScripted(session.synth()) && simulator.isForModel(request, routing.dialectOf(request))
                ? CompletableFuture.supplyAsync(() -> byScript(request, session), executor)
                : Synthesis.super.before(request, session);
    }

    private Prelude byScript(Request request, Session session) {
        Drawn tempo = new Drawn(latency, session.nextTimingSeed());
        Attempt attempt = simulator.byScript(placed(request), routing.dialectOf(request), session.synth(), at(tempo));
        if (attempt instanceof Attempt.Scripted scripted) {
            return new Prelude.Decided(respond(scripted.answer(), tempo, Origin.SCRIPT));
        }
        if (attempt instanceof Attempt.Unasked unasked) {
            Optional<Decision> kept = Optional.of(respond(unasked.answer(), tempo, Origin.SYNTHETIC));
            return new Prelude.Undecided(() -> CompletableFuture.completedFuture(kept));
        }
        return new Prelude.Undecided(() -> answer(request, session));
    }

    /** Where an upstream's address has a path of its own, the API begins at its host: then a request counts as one to that. */
    private Request placed(Request request) {
        return routing.byOrigin(request)
                .filter(located -> !located.path().equals(request.path()))
                .orElse(request);
    }

    private Optional<Decision> simulated(Request request, Session session) {
        Drawn tempo = new Drawn(latency, session.nextTimingSeed());
        return simulator
                .unscripted(placed(request), routing.dialectOf(request), session.synth(), at(tempo))
                .map(answer -> respond(answer, tempo, Origin.SYNTHETIC));
    }

    private Simulator.At at(Tempo tempo) {
        return new Simulator.At(clock.instant(), tempo);
    }

    private static Decision respond(Answer answer, Tempo tempo, Origin origin) {
        return new Decision.Respond(Latency.at(answer, tempo.timeline(answer.work())), origin, answer.work());
    }

    /** The times of one answer, from a seed: what the answer tells of them is what is played. */
    private static final class Drawn implements Tempo {
        private final Latency latency;
        private long seed;

        Drawn(Latency latency, long seed) {
            this.latency = latency;
            this.seed = seed;
        }

        @Override
        public void seeded(long newSeed) {
            seed = newSeed;
        }

        @Override
        public Timeline timeline(Work work) {
            return latency.timeline(work, new SplittableRandom(seed));
        }
    }

    /** What is said of a request that no surface of the simulator takes. */
    static Decision unknown(Request request) {
        return new Decision.Refuse(new Refusal(
                404,
                Dialect.RAW,
                "llmsim serve: nothing simulates " + request.upstream()
                        + " (expected: a provider whose API is simulated; what others answer can be recorded with"
                        + " 'llmsim record' and replayed)",
                Headers.EMPTY));
    }
}
