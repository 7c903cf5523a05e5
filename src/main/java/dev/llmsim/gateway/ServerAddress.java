package dev.llmsim.gateway;

import java.net.URI;

/**
 * Where an upstream's connections lead.
 *
 * @param secure whether it speaks TLS
 * @param host a name or a literal address, without brackets
 */
record ServerAddress(boolean secure, String host, int port) {
    static ServerAddress of(URI base) {
        boolean secure = "https".equalsIgnoreCase(base.getScheme());
        String host = base.getHost();
        if (host == null) {
            throw new IllegalArgumentException(
                    "upstream URL: " + base + " has no host (expected: http://HOST:PORT or https://HOST:PORT)");
        }
        String bare = host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
        int standard = secure ? 443 : 80;
        return new ServerAddress(secure, bare, base.getPort() < 0 ? standard : base.getPort());
    }

    /** The value of {@code Host}: the port only where it is not the scheme's own. */
    String authority() {
        String bracketed = host.indexOf(':') >= 0 ? "[" + host + "]" : host;
        return port == (secure ? 443 : 80) ? bracketed : bracketed + ":" + port;
    }

    @Override
    public String toString() {
        return (secure ? "https://" : "http://") + authority();
    }
}
