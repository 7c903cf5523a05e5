package dev.llmsim.gateway;

import dev.llmsim.provider.Dialect;
import dev.llmsim.provider.Upstream;

/**
 * Where a request is meant to go.
 *
 * @param target path and query behind the upstream's prefix; starts with {@code /}
 * @param dialect of this path
 */
public record Route(Upstream upstream, String target, Dialect dialect) {}
