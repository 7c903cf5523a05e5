package dev.llmsim.cassette.importing;

import java.net.URI;

/**
 * Whom a recorded address belongs to.
 *
 * @param upstream an upstream's name, or an origin where no name is known
 * @param target path and query as they stood, without the path of the upstream's base
 */
public record Route(String upstream, String target) {
    /** The route of an address that no known upstream has: its origin, and the whole path and query. */
    public static Route toOrigin(URI uri) {
        String path = uri.getRawPath() == null || uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
        String query = uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery();
        return new Route(uri.getScheme() + "://" + uri.getRawAuthority(), path + query);
    }
}
