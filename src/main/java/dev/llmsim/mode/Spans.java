package dev.llmsim.mode;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Compares text that was redacted with the original, outside the redacted spans. Bytes are compared as ISO-8859-1. */
final class Spans {
    /**
     * A placeholder as it stands, as it stands in URLs, or the beginning of one inside base64: its characters there, at each of
     * the three alignments, that do not depend on the bytes around it.
     */
    private static final Pattern PLACEHOLDER = Pattern.compile("\\{\\{secret:[a-z0-9-]+#[0-9]+}}"
            + "|%7B%7Bsecret%3A[a-z0-9-]+%23[0-9]+%7D%7D|" + base64(0, 0, 12) + "|" + base64(1, 2, 13) + "|"
            + base64(2, 3, 14));

    private Spans() {}

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

    /** Where the first redacted span of {@code redacted} begins; its length where there is none. */
    static int first(String redacted) {
        return literals(redacted).get(0).length();
    }

    /** The text before, between and after the placeholders: one more than there are placeholders. */
    private static List<String> literals(String redacted) {
        List<String> literals = new ArrayList<>();
        Matcher placeholder = PLACEHOLDER.matcher(redacted);
        int from = 0;
        while (placeholder.find()) {
            int start = placeholder.start();
            int end = placeholder.end();
            if (isBase64(redacted.charAt(start))) {
                start = startOfRun(redacted, start, from);
                end = endOfRun(redacted, end);
            }
            literals.add(redacted.substring(from, start));
            from = end;
            placeholder.region(end, redacted.length());
        }
        literals.add(redacted.substring(from));
        return literals;
    }

    /** A run of base64 with a placeholder in it is one span: where the secret began in it cannot be told. */
    private static int startOfRun(String text, int from, int limit) {
        int start = from;
        while (start > limit && isBase64(text.charAt(start - 1))) {
            start--;
        }
        return start;
    }

    private static int endOfRun(String text, int from) {
        int end = from;
        while (end < text.length() && (isBase64(text.charAt(end)) || text.charAt(end) == '=')) {
            end++;
        }
        return end;
    }

    private static boolean isBase64(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || "+/-_".indexOf(c) >= 0;
    }

    private static String base64(int bytesBefore, int fromChar, int toChar) {
        byte[] shifted = (" ".repeat(bytesBefore) + "{{secret:").getBytes(StandardCharsets.ISO_8859_1);
        return Base64.getEncoder().withoutPadding().encodeToString(shifted).substring(fromChar, toChar);
    }
}
