package dev.llmsim.provider.media;

import java.util.Base64;
import java.util.Locale;
import java.util.Optional;

/** A URL that brings its content along in base64 (RFC 2397). */
public record DataUrl(String mediaType, String base64) {
    /** Sizes stand near the start of an image, though not before a camera's notes. */
    private static final int HEADER_CHARS = 400_000;

    /** {@code url} where it is one. */
    public static Optional<DataUrl> parse(String url) {
        int comma = url.indexOf(',');
        if (comma < 0 || !url.regionMatches(true, 0, "data:", 0, 5)) {
            return Optional.empty();
        }
        String head = url.substring(5, comma);
        int parameters = head.indexOf(';');
        String mediaType = parameters < 0 ? head : head.substring(0, parameters);
        return Optional.of(new DataUrl(mediaType.toLowerCase(Locale.ROOT), url.substring(comma + 1)));
    }

    public long bytes() {
        return base64Bytes(base64);
    }

    /** The size of the image that this is; unknown where it is none. */
    public ImageSize imageSize() {
        String head = base64.length() > HEADER_CHARS ? base64.substring(0, HEADER_CHARS) : base64;
        try {
            return ImageSize.of(Base64.getMimeDecoder().decode(head));
        } catch (IllegalArgumentException notBase64) {
            return ImageSize.UNKNOWN;
        }
    }

    /** How many bytes {@code base64} stands for. */
    public static long base64Bytes(String base64) {
        int end = base64.length();
        while (end > 0 && base64.charAt(end - 1) == '=') {
            end--;
        }
        return end * 3L / 4;
    }
}
