package dev.llmsim.gateway;

import dev.llmsim.provider.Dialect;
import dev.llmsim.provider.Upstream;

/**
 * Where a request is meant to go.
 *
 * @param target path and query behind the upstream's prefix; starts with {@code /}
 * @param dialect of this path
 */
public record Route(Upstream upstream, String target, Dialect dialect) {
    /** {@link #target} without its query. */
    String path() {
        return path(target);
    }

    /** {@code target} without its query, which may carry a key. */
    static String path(String target) {
        int query = target.indexOf('?');
        return query < 0 ? target : target.substring(0, query);
    }
}
