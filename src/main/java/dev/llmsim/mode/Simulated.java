package dev.llmsim.mode;

import dev.llmsim.exchange.Headers;
import dev.llmsim.exchange.Request;
import dev.llmsim.exchange.Response;
import dev.llmsim.provider.Dialect;
import dev.llmsim.provider.simulation.Answer;
import dev.llmsim.synth.Simulator;
import dev.llmsim.synth.SynthState;
import java.time.InstantSource;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicLong;

/** The simulator's answers, with the times that its latency gives them. Thread-safe; works on an executor. */
public final class Simulated implements Synthesis {
    private final Simulator simulator;
    private final Routing routing;
    private final Latency latency;
    private final Executor executor;
    private final InstantSource clock = InstantSource.system();
    private final SynthState state;
    private final AtomicLong timingSeeds;

    /** @param seed what is drawn follows from it and from the requests */
    public Simulated(Simulator simulator, Routing routing, Latency latency, long seed, Executor executor) {
        this.simulator = simulator;
        this.routing = routing;
        this.latency = latency;
        this.executor = executor;
        this.state = new SynthState(seed);
        this.timingSeeds = new AtomicLong(seed);
    }

    @Override
    public CompletionStage<Optional<Decision>> answer(Request request) {
        return CompletableFuture.supplyAsync(() -> simulated(request), executor);
    }

    /** The same, but for requests to endpoints that are simulated alone: nothing is made up about others. */
    public Synthesis ofKnownEndpoints() {
        return request -> simulator.simulates(request, routing.dialectOf(request))
                ? answer(request)
                : CompletableFuture.completedFuture(Optional.empty());
    }

    private Optional<Decision> simulated(Request request) {
        Dialect dialect = routing.dialectOf(request);
        return simulator
                .answer(request, dialect, state, clock.instant().getEpochSecond())
                .map(answer -> new Decision.Respond(timed(answer), Origin.SYNTHETIC, answer.work()));
    }

    private Response timed(Answer answer) {
        SplittableRandom random = new SplittableRandom(timingSeeds.getAndIncrement());
        return latency.at(answer, random);
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
