package dev.llmsim.match;

import org.jspecify.annotations.Nullable;

/**
 * One place in which a request differs from a recorded one.
 *
 * @param place a JSON Pointer into the body, or {@code method}, {@code path}, {@code query NAME}, {@code header NAME},
 *     {@code upstream}; at most 200 characters
 * @param recorded at most 200 characters of the value there; {@code absent} where there is none
 * @param asked likewise
 */
public record Difference(Cause cause, String place, String recorded, String asked) {
    private static final int MAX_LENGTH = 200;
    private static final int CONTEXT = 60;
    private static final String ABSENT = "absent";

    static Difference of(Cause cause, String place, @Nullable Node recorded, @Nullable Node asked) {
        String one = recorded == null ? ABSENT : recorded.render();
        String other = asked == null ? ABSENT : asked.render();
        int start = Math.max(0, commonPrefix(one, other) - CONTEXT);
        return new Difference(cause, excerpt(place, 0), excerpt(one, start), excerpt(other, start));
    }

    static int commonPrefix(String one, String other) {
        int end = Math.min(one.length(), other.length());
        int at = 0;
        while (at < end && one.charAt(at) == other.charAt(at)) {
            at++;
        }
        return at;
    }

    /** All of {@code text} if it is short, else what begins at {@code start}. */
    private static String excerpt(String text, int start) {
        if (text.length() <= MAX_LENGTH) {
            return text;
        }
        int from = Math.min(start, text.length() - 1);
        int end = Math.min(text.length(), from + MAX_LENGTH - 2);
        return (from > 0 ? "…" : "") + text.substring(from, end) + (end < text.length() ? "…" : "");
    }
}
