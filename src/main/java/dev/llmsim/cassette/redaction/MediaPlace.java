package dev.llmsim.cassette.redaction;

import dev.llmsim.exchange.Bytes;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Tells from a media type, and from the first bytes where that says little, what kind of text a body is. */
final class MediaPlace {
    private static final Pattern BOUNDARY = Pattern.compile("(?i);\\s*boundary=(?:\"([^\"]+)\"|([^\\s;]+))");
    private static final Pattern BINARY =
            Pattern.compile("(?:image/(?!svg)|audio/|video/|font/|application/(?:pdf|zip|gzip|wasm)).*");
    private static final String FORM = "application/x-www-form-urlencoded";
    private static final int SNIFFED_BYTES = 1024;
    /** RFC 2046, section 5.1.1. A longer one would be compared at length with every place of the body. */
    private static final int MAX_BOUNDARY_CHARS = 70;

    private MediaPlace() {}

    static Place of(String contentType, Bytes body) {
        String type = contentType.strip().toLowerCase(Locale.ROOT);
        if (type.startsWith(FORM)) {
            return Place.URL;
        }
        return BINARY.matcher(type).matches() || hasNul(body) ? Place.BINARY : Place.TEXT;
    }

    /** The boundary of a multipart body; none where it is longer than a boundary may be. */
    static Optional<String> boundary(String contentType) {
        Matcher matcher = BOUNDARY.matcher(contentType);
        if (!contentType.strip().toLowerCase(Locale.ROOT).startsWith("multipart/") || !matcher.find()) {
            return Optional.empty();
        }
        return Optional.of(matcher.group(1) != null ? matcher.group(1) : matcher.group(2))
                .filter(boundary -> boundary.length() <= MAX_BOUNDARY_CHARS);
    }

    private static boolean hasNul(Bytes body) {
        for (int i = 0; i < Math.min(SNIFFED_BYTES, body.length()); i++) {
            if (body.at(i) == 0) {
                return true;
            }
        }
        return false;
    }
}
