package dev.llmsim.provider;

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
}
