package dev.llmsim.provider;

import java.net.URI;
import java.util.Locale;

/** Scheme, host and port of a URL in one spelling: lower case, without the scheme's own port. */
final class UrlOrigin {
    private UrlOrigin() {}

    static String of(URI url) {
        if (url.getScheme() == null || url.getHost() == null) {
            throw new IllegalArgumentException("url: " + url + " (expected: http(s)://HOST...)");
        }
        String scheme = url.getScheme().toLowerCase(Locale.ROOT);
        String host = url.getHost().toLowerCase(Locale.ROOT);
        int port = url.getPort();
        boolean usual = port < 0 || port == (scheme.equals("https") ? 443 : 80);
        return scheme + "://" + host + (usual ? "" : ":" + port);
    }
}
