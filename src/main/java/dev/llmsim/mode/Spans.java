package dev.llmsim.mode;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Compares text that was redacted with the original, outside the redacted spans. Bytes are compared as ISO-8859-1. */
final class Spans {
    /** A placeholder, as it stands and as it stands in URLs. */
    private static final Pattern PLACEHOLDER =
            Pattern.compile("\\{\\{secret:[a-z0-9-]+#[0-9]+}}|%7B%7Bsecret%3A[a-z0-9-]+%23[0-9]+%7D%7D");

    private Spans() {}

    static boolean in(String text) {
        return PLACEHOLDER.matcher(text).find();
    }

    /**
     * Whether {@code original} is {@code redacted} with each placeholder replaced by something. What lies between two
     * placeholders is looked for from left to right; the first find is as good as any, for what follows has then the most
     * room.
     */
    static boolean equal(String redacted, String original) {
        List<String> literals = literals(redacted);
        String first = literals.get(0);
        String last = literals.get(literals.size() - 1);
        if (literals.size() == 1) {
            return first.equals(original);
        }
        int at = first.length();
        int end = original.length() - last.length();
        if (at >= end || !original.startsWith(first) || !original.endsWith(last)) {
            return false;
        }
        for (String literal : literals.subList(1, literals.size() - 1)) {
            int found = original.indexOf(literal, at + 1);
            if (found < 0 || found + literal.length() >= end) {
                return false;
            }
            at = found + literal.length();
        }
        return at < end;
    }

    /** The text before, between and after the placeholders: one more than there are placeholders. */
    private static List<String> literals(String redacted) {
        List<String> literals = new ArrayList<>();
        Matcher placeholder = PLACEHOLDER.matcher(redacted);
        int from = 0;
        while (placeholder.find()) {
            literals.add(redacted.substring(from, placeholder.start()));
            from = placeholder.end();
        }
        literals.add(redacted.substring(from));
        return literals;
    }
}
