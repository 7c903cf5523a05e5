package dev.llmsim.gateway;

import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Which proxy leads to an upstream, by the customary variables.
 *
 * @param httpOrNull proxy for {@code http} upstreams ({@code HTTP_PROXY})
 * @param httpsOrNull proxy for {@code https} upstreams ({@code HTTPS_PROXY})
 * @param exceptions hosts reached directly ({@code NO_PROXY}): {@code *}, a host with all its sub-domains, or {@code
 *     HOST:PORT}
 */
public record Proxies(@Nullable URI httpOrNull, @Nullable URI httpsOrNull, List<String> exceptions) {
    public static final Proxies NONE = new Proxies(null, null, List.of());

    public Proxies {
        exceptions = List.copyOf(exceptions);
    }

    /** From the values of {@code HTTP_PROXY}, {@code HTTPS_PROXY} and {@code NO_PROXY}; empty ones are unset. */
    public static Proxies of(String http, String https, String exceptions) {
        List<String> hosts = Arrays.stream(exceptions.split(","))
                .map(host -> host.trim().toLowerCase(Locale.ROOT))
                .filter(host -> !host.isEmpty())
                .toList();
        return new Proxies(address(http), address(https), hosts);
    }

    private static @Nullable URI address(String value) {
        if (value.isBlank()) {
            return null;
        }
        URI address = URI.create(value.contains("://") ? value.trim() : "http://" + value.trim());
        if (address.getHost() == null || !List.of("http", "https").contains(address.getScheme())) {
            throw new IllegalArgumentException("proxy address: its scheme or host cannot be used"
                    + " (expected: http://HOST:PORT or https://HOST:PORT; correct HTTP_PROXY or HTTPS_PROXY)");
        }
        return address;
    }

    /** The proxy that leads to {@code origin}; none for loopback addresses and exceptions. */
    Optional<URI> towards(Origin origin) {
        URI proxy = origin.secure() ? httpsOrNull : httpOrNull;
        return proxy == null || isLoopback(origin.host()) || isException(origin)
                ? Optional.empty()
                : Optional.of(proxy);
    }

    private boolean isException(Origin origin) {
        String host = origin.host().toLowerCase(Locale.ROOT);
        for (String exception : exceptions) {
            String name = exception.startsWith(".") ? exception.substring(1) : exception;
            boolean covers = exception.equals("*")
                    || host.equals(name)
                    || host.endsWith("." + name)
                    || (host + ":" + origin.port()).equals(name);
            if (covers) {
                return true;
            }
        }
        return false;
    }

    private static boolean isLoopback(String host) {
        return host.equalsIgnoreCase("localhost") || host.startsWith("127.") || host.equals("::1");
    }
}
