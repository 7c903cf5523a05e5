package dev.llmsim.provider;

import dev.llmsim.exchange.Request;
import java.net.URI;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A server that requests under {@code /NAME/} are meant for.
 *
 * @param name the path prefix
 * @param baseOrNull what {@code http://HOST:PORT/NAME} stands for: scheme, host, port and perhaps a path without a trailing
 *     slash; absent where the host has to be given first (azure, bedrock)
 * @param dialect used for paths that do not tell by themselves
 */
public record Upstream(String name, @Nullable URI baseOrNull, Dialect dialect) {
    public Optional<URI> base() {
        return Optional.ofNullable(baseOrNull);
    }

    /** Scheme, host and port of the base, in the spelling that {@link Upstreams#locate} gives to unnamed origins. */
    public Optional<String> origin() {
        return base().map(UrlOrigin::of);
    }

    /**
     * {@code request} as an import that knew no name would hold it: for the origin, with the base's path in front of the
     * target.
     */
    public Optional<Request> byOrigin(Request request) {
        return base().map(base -> new Request(
                UrlOrigin.of(base),
                request.method(),
                base.getRawPath() + request.target(),
                request.headers(),
                request.body()));
    }
}
