package dev.llmsim.mode;

import dev.llmsim.exchange.Request;
import dev.llmsim.provider.Dialect;
import dev.llmsim.provider.Upstream;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * What a mode needs to know of upstreams.
 *
 * @param byName the upstream of a name
 * @param byOrigin a request to an upstream as an import that knew no name would hold it: {@link Request#upstream} is the
 *     origin, the path of the upstream's base stands before the target; empty where the upstream has no base
 * @param dialect the wire format of a request to an upstream
 */
public record Routing(
        Function<String, Optional<Upstream>> byName,
        BiFunction<Upstream, Request, Optional<Request>> byOrigin,
        BiFunction<Upstream, Request, Dialect> dialect) {

    /** {@code request} by its origin, where its upstream's name stands for one. */
    Optional<Request> byOrigin(Request request) {
        return byName.apply(request.upstream()).flatMap(upstream -> byOrigin.apply(upstream, request));
    }

    Dialect dialectOf(Request request) {
        return byName.apply(request.upstream())
                .map(upstream -> dialect.apply(upstream, request))
                .orElse(Dialect.RAW);
    }
}
