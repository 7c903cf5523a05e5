package dev.llmsim.cassette.redaction;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * One {@code name=value} of a query or a form.
 *
 * @param from where its raw text begins
 * @param valueFrom where its raw value begins (at {@code to} where there is none)
 * @param to where its raw text ends
 * @param name decoded
 * @param value decoded
 */
record QueryPart(int from, int valueFrom, int to, String name, String value) {
    static List<QueryPart> of(String raw) {
        return of(raw, new NextOccurrence(raw, "="));
    }

    /** {@code equals}: where the next equals sign of {@code raw} is. */
    static List<QueryPart> of(String raw, NextOccurrence equals) {
        List<QueryPart> parts = new ArrayList<>();
        int from = 0;
        while (from < raw.length()) {
            int mark = raw.indexOf('&', from);
            int to = mark < 0 ? raw.length() : mark;
            int nameEnd = Math.min(to, equals.from(from));
            int valueFrom = Math.min(to, nameEnd + 1);
            parts.add(new QueryPart(
                    from, valueFrom, to, decoded(raw.substring(from, nameEnd)), decoded(raw.substring(valueFrom, to))));
            from = to + 1;
        }
        return parts;
    }

    /** Whether it is a parameter of a signed URL that tells no secret (its date, its algorithm ...). */
    boolean isHarmless() {
        String lower = name.toLowerCase(Locale.ROOT);
        return lower.startsWith("x-amz-") && !lower.endsWith("signature") && !lower.endsWith("token");
    }

    private static String decoded(String raw) {
        try {
            return URLDecoder.decode(raw, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException notEncoded) {
            return raw;
        }
    }
}
