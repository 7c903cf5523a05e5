package dev.llmsim.gateway;

import io.netty.util.NetUtil;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Which proxy leads to an upstream, by the customary variables.
 *
 * @param httpOrNull proxy for {@code http} upstreams ({@code HTTP_PROXY})
 * @param httpsOrNull proxy for {@code https} upstreams ({@code HTTPS_PROXY})
 * @param exceptions hosts reached directly ({@code NO_PROXY}): {@code *}, an address, or a host with all its
 *     sub-domains; with {@code :PORT} only that port
 */
public record Proxies(@Nullable URI httpOrNull, @Nullable URI httpsOrNull, List<String> exceptions) {
    private static final Pattern HOST_AND_PORT = Pattern.compile("([^:]+|\\[.*]):([0-9]{1,5})");

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
        try {
            URI address = new URI(value.contains("://") ? value.trim() : "http://" + value.trim());
            if (address.getHost() != null && List.of("http", "https").contains(address.getScheme())) {
                return address;
            }
        } catch (URISyntaxException e) {
            // Its message repeats the address, and with it a password.
            throw unusable();
        }
        throw unusable();
    }

    private static IllegalArgumentException unusable() {
        return new IllegalArgumentException("proxy address: its scheme, host or port cannot be used"
                + " (expected: http://HOST:PORT or https://HOST:PORT, with special characters of a user or password"
                + " percent-encoded; correct HTTP_PROXY or HTTPS_PROXY)");
    }

    /** The proxy that leads to {@code origin}; none for loopback addresses and exceptions. */
    Optional<URI> towards(ServerAddress origin) {
        URI proxy = origin.secure() ? httpsOrNull : httpOrNull;
        return proxy == null || isLoopback(origin.host()) || isException(origin)
                ? Optional.empty()
                : Optional.of(proxy);
    }

    private boolean isException(ServerAddress origin) {
        return exceptions.stream().anyMatch(exception -> covers(exception, origin));
    }

    private static boolean covers(String exception, ServerAddress origin) {
        Matcher parts = HOST_AND_PORT.matcher(exception);
        if (!parts.matches()) {
            return coversHost(exception, origin.host());
        }
        return Long.parseLong(parts.group(2)) == origin.port() && coversHost(parts.group(1), origin.host());
    }

    private static boolean coversHost(String exception, String host) {
        if (exception.equals("*")) {
            return true;
        }
        byte[] address = NetUtil.createByteArrayFromIpAddressString(host);
        if (address != null) {
            byte[] excepted = NetUtil.createByteArrayFromIpAddressString(exception.replaceAll("[\\[\\]]", ""));
            return Arrays.equals(address, excepted);
        }
        String name = exception.replaceFirst("^\\*?\\.", "");
        String asked = host.toLowerCase(Locale.ROOT).replaceFirst("\\.$", "");
        return asked.equals(name) || asked.endsWith("." + name);
    }

    private static boolean isLoopback(String host) {
        return host.equalsIgnoreCase("localhost")
                || host.equals("::1")
                || (host.startsWith("127.") && NetUtil.isValidIpV4Address(host));
    }
}
