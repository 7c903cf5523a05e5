package dev.llmsim.provider;

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
}
