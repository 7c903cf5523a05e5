package dev.llmsim.provider;

import dev.llmsim.exchange.ErrorCode;
import dev.llmsim.exchange.LlmSimException;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The value {@code NAME=URL[,dialect=D]} of one {@code --upstream} option, taken apart.
 *
 * @param base the URL in one spelling: scheme and host in lower case, no usual port, no trailing slash
 * @param dialectOrNull absent where the option names none
 */
record UpstreamOption(String name, URI base, @Nullable Dialect dialectOrNull) {
    private static final Set<String> RESERVED = Set.of("s", "llmsim", "health");
    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9._-]{0,63}");
    private static final String DIALECT = ",dialect=";

    static UpstreamOption parse(String option) {
        int equals = option.indexOf('=');
        if (equals < 0) {
            throw wrong(option, "no '='", "NAME=URL[,dialect=D]");
        }
        int comma = option.lastIndexOf(DIALECT);
        String url = option.substring(equals + 1, comma < equals ? option.length() : comma);
        Dialect dialect = comma < equals ? null : dialect(option, option.substring(comma + DIALECT.length()));
        return new UpstreamOption(name(option, option.substring(0, equals)), base(option, url), dialect);
    }

    /** Whether an upstream may have that {@code name}. */
    static boolean isName(String name) {
        return !RESERVED.contains(name) && NAME.matcher(name).matches();
    }

    Optional<Dialect> dialect() {
        return Optional.ofNullable(dialectOrNull);
    }

    private static String name(String option, String name) {
        if (RESERVED.contains(name)) {
            throw wrong(option, "name '" + name + "' is taken by the gateway's own paths", "another name");
        }
        if (!NAME.matcher(name).matches()) {
            throw wrong(
                    option,
                    "name '" + name + "'",
                    "1 to 64 of a-z, 0-9, '.', '_' and '-', the first a letter or a digit");
        }
        return name;
    }

    private static Dialect dialect(String option, String id) {
        return Dialect.byId(id)
                .orElseThrow(() -> wrong(
                        option,
                        "dialect '" + id + "'",
                        "one of "
                                + Arrays.stream(Dialect.values())
                                        .map(Dialect::id)
                                        .collect(Collectors.joining(", "))));
    }

    private static URI base(String option, String text) {
        URI url = uri(option, text);
        String scheme = String.valueOf(url.getScheme()).toLowerCase(Locale.ROOT);
        if (!scheme.equals("http") && !scheme.equals("https")) {
            throw wrong(option, "scheme '" + url.getScheme() + "'", "http:// or https://");
        }
        if (url.getRawUserInfo() != null
                || String.valueOf(url.getRawAuthority()).contains("@")) {
            throw wrong(
                    option.substring(0, option.indexOf('=')) + "=...",
                    "the URL holds credentials",
                    "none: the client sends its own with each request");
        }
        if (url.getHost() == null || url.getPort() > 65535 || url.getPort() == 0) {
            throw wrong(option, "URL '" + text + "' has no usable host and port", "https://HOST[:PORT][/PATH]");
        }
        if (url.getRawQuery() != null || url.getRawFragment() != null) {
            throw wrong(option, "the URL has a query or a fragment", "scheme, host, port and path only");
        }
        return URI.create(UrlOrigin.of(url) + withoutTrailingSlashes(url.getRawPath()));
    }

    private static URI uri(String option, String text) {
        try {
            return new URI(text);
        } catch (URISyntaxException e) {
            throw wrong(option, "URL '" + text + "': " + e.getReason(), "https://HOST[:PORT][/PATH]");
        }
    }

    private static String withoutTrailingSlashes(String path) {
        int end = path.length();
        while (end > 0 && path.charAt(end - 1) == '/') {
            end--;
        }
        return path.substring(0, end);
    }

    private static LlmSimException wrong(String option, String found, String expected) {
        return new LlmSimException(
                ErrorCode.USAGE, "--upstream " + option + ": " + found + " (expected: " + expected + ")");
    }
}
