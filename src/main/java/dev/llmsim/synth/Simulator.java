package dev.llmsim.synth;

import dev.llmsim.exchange.Bytes;
import dev.llmsim.exchange.Headers;
import dev.llmsim.exchange.Request;
import dev.llmsim.provider.Dialect;
import dev.llmsim.provider.simulation.Answer;
import dev.llmsim.provider.simulation.ApiError;
import dev.llmsim.provider.simulation.ApiErrorException;
import dev.llmsim.provider.simulation.Call;
import dev.llmsim.provider.simulation.Endpoint;
import dev.llmsim.provider.simulation.Surface;
import dev.llmsim.synth.errors.InjectedError;
import dev.llmsim.synth.limits.Meter;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers requests as their providers would, with nothing recorded. Safe for use by several threads. */
public final class Simulator {
    private static final Logger LOG = LoggerFactory.getLogger(Simulator.class);

    private final List<Surface> surfaces;
    private final SynthSettings settings;
    private final Conditions conditions;

    /** A simulator of these APIs that answers every request. */
    public Simulator(List<Surface> surfaces, SynthSettings settings) {
        this(surfaces, settings, Conditions.NONE);
    }

    /**
     * A simulator of these APIs.
     *
     * @param surfaces several of one dialect are one API: the endpoints of the first come first, its envelope is used
     */
    public Simulator(List<Surface> surfaces, SynthSettings settings, Conditions conditions) {
        this.surfaces = List.copyOf(surfaces);
        this.settings = settings;
        this.conditions = conditions;
    }

    /** An endpoint that is asked for, and what stands for the stars of its path. */
    private record Found(Surface surface, Endpoint endpoint, List<String> variables) {}

    /** When a request is answered, and how fast the answer will be. */
    public record At(Instant now, Tempo tempo) {
        /** An answer that takes no time. */
        public static At once(Instant now) {
            return new At(now, Tempo.AT_ONCE);
        }
    }

    /** An error in place of an answer, and how long the client waits for it. */
    public record Injected(Answer answer, Duration delay) {}

    /**
     * The answer to {@code request}; empty where no surface speaks {@code dialect}.
     *
     * @param state of the session; calls of one session may overlap
     */
    public Optional<Answer> answer(Request request, Dialect dialect, SynthState state, At at) {
        return answer(request, dialect, new Telling(state, at, scripting(state, Scripting.Part.FIRST)));
    }

    /** The same without the session's script. */
    public Optional<Answer> unscripted(Request request, Dialect dialect, SynthState state, At at) {
        return answer(request, dialect, new Telling(state, at, scripting(state, Scripting.Part.NONE)));
    }

    /** What the script of a session makes of {@code request}: takes a turn, if one is for it. */
    public Attempt byScript(Request request, Dialect dialect, SynthState state, At at) {
        Scripting scripting = scripting(state, Scripting.Part.ALONE);
        try {
            return answer(request, dialect, new Telling(state, at, scripting))
                    .map(answer -> scripting.isUsed() ? new Attempt.Scripted(answer) : new Attempt.Unasked(answer))
                    .orElseGet(Attempt.Unscripted::new);
        } catch (UnscriptedException none) {
            return new Attempt.Unscripted();
        }
    }

    /** Whether the session has a script. */
    public boolean isScripted(SynthState state) {
        return state.script(settings).isPresent();
    }

    private Scripting scripting(SynthState state, Scripting.Part part) {
        return new Scripting(state.script(settings), part);
    }

    /** To whom, when and by whom a request is answered. */
    private record Telling(SynthState state, At at, Scripting scripting) {}

    private Optional<Answer> answer(Request request, Dialect dialect, Telling telling) {
        List<Surface> speaking = speaking(request, dialect);
        if (speaking.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(find(request, speaking)
                .map(found -> answer(found, request, telling))
                .orElseGet(() -> nowhere(request, speaking)));
    }

    /** The same where nothing takes time. */
    public Optional<Answer> answer(Request request, Dialect dialect, SynthState state, Instant now) {
        return answer(request, dialect, state, At.once(now));
    }

    /** The same at a whole second since 1970. */
    public Optional<Answer> answer(Request request, Dialect dialect, SynthState state, long nowSeconds) {
        return answer(request, dialect, state, Instant.ofEpochSecond(nowSeconds));
    }

    /**
     * The error that {@code request} gets on purpose; empty where it is to be answered. Each request that may get one is to be
     * asked for once, before it is answered.
     */
    public Optional<Injected> injected(Request request, Dialect dialect, SynthState state) {
        if (conditions.errors().isNone()) {
            return Optional.empty();
        }
        return find(request, speaking(request, dialect))
                .filter(found -> found.endpoint().metered())
                .flatMap(found -> {
                    Seed roll = state.nextRoll();
                    return conditions.errors().draw(roll.random()).map(error -> injected(found, request, error, roll));
                });
    }

    private static Injected injected(Found found, Request request, InjectedError error, Seed roll) {
        Surface surface = found.surface();
        Headers usual = found.endpoint().headers().apply(request, new SeededIds(roll.of("ids")));
        // who is asked to mend the request or the key looks for what is not there, unless the error says where it is
        // from
        boolean blamesClient = error.status() == 400 || error.status() == 401;
        ApiError said = surface.usualError(error.status()).saying(blamesClient ? " (injected by llmsim)" : "");
        return new Injected(surface.error(said.with(error.headers()).with(usual)), error.delay());
    }

    /** Whether a model is made to work for {@code request}: a script has a say in nothing else. */
    public boolean isForModel(Request request, Dialect dialect) {
        return find(request, speaking(request, dialect))
                .filter(found -> found.endpoint().metered())
                .isPresent();
    }

    /** Whether there is an endpoint for {@code request} in {@code dialect}. */
    public boolean simulates(Request request, Dialect dialect) {
        return find(request, speaking(request, dialect)).isPresent();
    }

    private List<Surface> speaking(Request request, Dialect dialect) {
        return surfaces.stream()
                .filter(surface -> surface.dialect() == dialect && surface.isFor(request))
                .toList();
    }

    private static Optional<Found> find(Request request, List<Surface> speaking) {
        for (Surface surface : speaking) {
            for (Endpoint endpoint : surface.endpoints()) {
                Optional<List<String>> variables = variables(surface, endpoint, request);
                if (variables.isPresent() && endpoint.method().equals(request.method())) {
                    return Optional.of(new Found(surface, endpoint, variables.get()));
                }
            }
        }
        return Optional.empty();
    }

    private static Optional<List<String>> variables(Surface surface, Endpoint endpoint, Request request) {
        return endpoint.variables(request.path()).filter(found -> surface.isAt(endpoint.base(request.path()), request));
    }

    private static Answer nowhere(Request request, List<Surface> speaking) {
        String allowed = speaking.stream()
                .flatMap(surface -> surface.endpoints().stream()
                        .filter(endpoint ->
                                variables(surface, endpoint, request).isPresent()))
                .map(Endpoint::method)
                .distinct()
                .collect(Collectors.joining(", "));
        Surface first = speaking.get(0);
        return first.error(allowed.isEmpty() ? first.unknown(request) : wrongMethod(request, allowed));
    }

    private static ApiError wrongMethod(Request request, String allowed) {
        String message =
                "Not allowed to " + request.method() + " on " + request.path() + " (allowed: " + allowed + ").";
        return new ApiError(405, null, "method_not_supported", null, message, Headers.of("allow", allowed));
    }

    private Answer answer(Found found, Request request, Telling telling) {
        Surface surface = found.surface();
        try {
            return counted(found, readable(request, surface), telling);
        } catch (ApiErrorException refused) {
            return surface.error(refused.error());
        } catch (UnscriptedException unscripted) {
            throw unscripted;
        } catch (RuntimeException | StackOverflowError bug) {
            LOG.error("cannot simulate {} {}: an error of our own", request.method(), request.path(), bug);
            return surface.error(
                    ApiError.of(500, "The server had an error while processing your request. Sorry about that!"));
        }
    }

    /** {@code request} with its body as it was meant. */
    private static Request readable(Request request, Surface surface) {
        Bytes body = PlainBody.of(request);
        if (body.length() > surface.mostBodyBytes()) {
            throw new ApiErrorException(surface.tooLarge(body.length()));
        }
        return request.withBody(body);
    }

    private Answer counted(Found found, Request request, Telling telling) {
        Endpoint endpoint = found.endpoint();
        Meter meter = new Meter(
                found.surface(),
                new Meter.Asked(request, found.variables()),
                new Meter.Books(
                        conditions.quota(),
                        telling.state().buckets(),
                        telling.at().now()));
        Simulation.Say say = new Simulation.Say(telling.scripting(), endpoint.metered() ? meter::admit : tokens -> {});
        Simulation engine = new Simulation(settings, telling.state(), circumstances(found, request, telling.at()), say);
        Endpoint counting = endpoint.metered() ? endpoint.handledBy(call -> counted(endpoint, call, meter)) : endpoint;
        return counting.answer(new Call(request, found.variables(), engine));
    }

    private static Answer counted(Endpoint endpoint, Call call, Meter meter) {
        meter.begin();
        try {
            Answer answer = endpoint.handler().apply(call);
            return answer.with(meter.spend(answer.work().usage()));
        } catch (UnscriptedException unscripted) {
            meter.giveBack();
            throw unscripted;
        }
    }

    private static Simulation.Circumstances circumstances(Found found, Request request, At at) {
        return new Simulation.Circumstances(
                request,
                at.now().getEpochSecond(),
                found.endpoint().echoesAll(),
                found.surface().callIds(),
                at.tempo());
    }
}
