package dev.llmsim.synth;

import dev.llmsim.exchange.Headers;
import dev.llmsim.exchange.Request;
import dev.llmsim.provider.Dialect;
import dev.llmsim.provider.simulation.Answer;
import dev.llmsim.provider.simulation.ApiError;
import dev.llmsim.provider.simulation.ApiErrorException;
import dev.llmsim.provider.simulation.Call;
import dev.llmsim.provider.simulation.Endpoint;
import dev.llmsim.provider.simulation.Surface;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers requests as their providers would, with nothing recorded. Safe for use by several threads. */
public final class Simulator {
    private static final Logger LOG = LoggerFactory.getLogger(Simulator.class);

    private final List<Surface> surfaces;
    private final SynthSettings settings;

    /**
     * A simulator of these APIs.
     *
     * @param surfaces several of one dialect are one API: the endpoints of the first come first, its envelope is used
     */
    public Simulator(List<Surface> surfaces, SynthSettings settings) {
        this.surfaces = List.copyOf(surfaces);
        this.settings = settings;
    }

    /**
     * The answer to {@code request}; empty where no surface speaks {@code dialect}.
     *
     * @param state of the session; calls of one session may overlap
     */
    public Optional<Answer> answer(Request request, Dialect dialect, SynthState state, long nowSeconds) {
        List<Surface> speaking = speaking(request, dialect).toList();
        return speaking.isEmpty()
                ? Optional.empty()
                : Optional.of(new Speaking(speaking, dialect).answer(request, state, nowSeconds));
    }

    /** Whether there is an endpoint for {@code request} in {@code dialect}. */
    public boolean simulates(Request request, Dialect dialect) {
        return speaking(request, dialect)
                .flatMap(surface -> surface.endpoints().stream())
                .anyMatch(endpoint -> endpoint.method().equals(request.method())
                        && endpoint.variables(request.path()).isPresent());
    }

    private Stream<Surface> speaking(Request request, Dialect dialect) {
        return surfaces.stream().filter(surface -> surface.dialect() == dialect && surface.isFor(request));
    }

    /** The surfaces of one dialect. */
    private final class Speaking {
        private final List<Surface> surfaces;
        private final Dialect dialect;

        Speaking(List<Surface> surfaces, Dialect dialect) {
            this.surfaces = surfaces;
            this.dialect = dialect;
        }

        Answer answer(Request request, SynthState state, long nowSeconds) {
            for (Surface surface : surfaces) {
                for (Endpoint endpoint : surface.endpoints()) {
                    Optional<List<String>> variables = endpoint.variables(request.path());
                    if (variables.isPresent() && endpoint.method().equals(request.method())) {
                        Simulation engine =
                                new Simulation(settings, state, circumstances(request, endpoint, nowSeconds));
                        return handled(surface, endpoint, new Call(request, variables.get(), engine));
                    }
                }
            }
            Surface first = surfaces.get(0);
            String allowed = otherMethods(request);
            return first.error(allowed.isEmpty() ? first.unknown(request) : wrongMethod(request, allowed));
        }

        private Simulation.Circumstances circumstances(Request request, Endpoint endpoint, long nowSeconds) {
            boolean echoesAll = dialect == Dialect.ANTHROPIC || endpoint.name().startsWith("responses");
            return new Simulation.Circumstances(request, nowSeconds, echoesAll, CallIdStyle.of(dialect));
        }

        private String otherMethods(Request request) {
            return surfaces.stream()
                    .flatMap(surface -> surface.endpoints().stream())
                    .filter(endpoint -> endpoint.variables(request.path()).isPresent())
                    .map(Endpoint::method)
                    .distinct()
                    .collect(Collectors.joining(", "));
        }
    }

    private static Answer handled(Surface surface, Endpoint endpoint, Call call) {
        try {
            Request plain = call.request().withBody(PlainBody.of(call.request()));
            return endpoint.handler().apply(new Call(plain, call.variables(), call.engine()));
        } catch (ApiErrorException refused) {
            return surface.error(refused.error());
        } catch (RuntimeException bug) {
            LOG.error(
                    "cannot simulate {} {}: an error of our own",
                    call.request().method(),
                    call.request().path(),
                    bug);
            return surface.error(
                    ApiError.of(500, "The server had an error while processing your request. Sorry about that!"));
        }
    }

    private static ApiError wrongMethod(Request request, String allowed) {
        String message =
                "Not allowed to " + request.method() + " on " + request.path() + " (allowed: " + allowed + ").";
        return new ApiError(405, null, "method_not_supported", null, message, Headers.of("allow", allowed));
    }
}
