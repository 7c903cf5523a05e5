package dev.llmsim.gateway;

import java.util.Objects;

/**
 * Everything about a gateway that is a value.
 *
 * @param host address or name to bind
 * @param port 0 takes a free one
 * @param version llmsim's own, for {@code /health}
 * @param adminToken what {@code /llmsim/*} asks of clients that are not on this machine; empty refuses them all
 */
public record GatewayConfig(
        String host,
        int port,
        String version,
        String adminToken,
        Limits limits,
        Timeouts timeouts,
        UpstreamTls tls,
        Proxies proxies) {

    public GatewayConfig {
        Objects.requireNonNull(host);
        if (port < 0 || port > 65_535) {
            throw new IllegalArgumentException("port: " + port + " (expected: 0 to 65535)");
        }
    }

    /** The defaults at {@code host} and {@code port}. */
    public static GatewayConfig at(String host, int port) {
        return new GatewayConfig(
                host, port, "0", "", Limits.DEFAULT, Timeouts.DEFAULT, UpstreamTls.DEFAULT, Proxies.NONE);
    }

    public GatewayConfig withVersion(String newVersion) {
        return new GatewayConfig(host, port, newVersion, adminToken, limits, timeouts, tls, proxies);
    }

    public GatewayConfig withAdminToken(String token) {
        return new GatewayConfig(host, port, version, token, limits, timeouts, tls, proxies);
    }

    public GatewayConfig withLimits(Limits newLimits) {
        return new GatewayConfig(host, port, version, adminToken, newLimits, timeouts, tls, proxies);
    }

    public GatewayConfig withTimeouts(Timeouts newTimeouts) {
        return new GatewayConfig(host, port, version, adminToken, limits, newTimeouts, tls, proxies);
    }

    public GatewayConfig withTls(UpstreamTls newTls) {
        return new GatewayConfig(host, port, version, adminToken, limits, timeouts, newTls, proxies);
    }

    public GatewayConfig withProxies(Proxies newProxies) {
        return new GatewayConfig(host, port, version, adminToken, limits, timeouts, tls, newProxies);
    }
}
