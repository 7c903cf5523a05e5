package dev.llmsim.provider;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/**
 * The end of a path that tells an operation: segments, of which {@code *} is any one.
 *
 * @param anchored whether nothing may stand before it
 */
record PathPattern(Dialect dialect, String operation, List<String> segments, boolean anchored) {

    /** A pattern from {@code a/b} (the last segments of a path) or {@code /a/b} (the whole path). */
    static PathPattern of(Dialect dialect, String operation, String spelling) {
        boolean anchored = spelling.startsWith("/");
        List<String> segments = List.of((anchored ? spelling.substring(1) : spelling).split("/"));
        return new PathPattern(dialect, operation, segments, anchored);
    }

    boolean matches(List<String> path) {
        int skipped = path.size() - segments.size();
        if (skipped < 0 || (anchored && skipped > 0)) {
            return false;
        }
        for (int i = 0; i < segments.size(); i++) {
            if (!matches(segments.get(i), path.get(skipped + i))) {
                return false;
            }
        }
        return true;
    }

    private static boolean matches(String pattern, String segment) {
        if (pattern.startsWith("*")) {
            return segment.length() >= pattern.length() && segment.endsWith(pattern.substring(1));
        }
        return pattern.equals(segment);
    }

    /** The segments of a raw path, percent-decoded; empty ones are left out. */
    static List<String> segmentsOf(String rawPath) {
        return Arrays.stream(rawPath.split("/"))
                .filter(segment -> !segment.isEmpty())
                .map(PathPattern::decoded)
                .toList();
    }

    private static String decoded(String segment) {
        if (segment.indexOf('%') < 0) {
            return segment;
        }
        byte[] in = segment.getBytes(StandardCharsets.UTF_8);
        byte[] out = new byte[in.length];
        int length = 0;
        for (int i = 0; i < in.length; i++) {
            int high = i + 2 < in.length && in[i] == '%' ? Character.digit(in[i + 1], 16) : -1;
            int low = high < 0 ? -1 : Character.digit(in[i + 2], 16);
            out[length++] = low < 0 ? in[i] : (byte) (high << 4 | low);
            i += low < 0 ? 0 : 2;
        }
        return new String(out, 0, length, StandardCharsets.UTF_8);
    }
}
