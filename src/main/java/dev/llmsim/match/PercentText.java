package dev.llmsim.match;

import java.nio.charset.StandardCharsets;

/**
 * Percent-encoded text in one spelling: what needs no escape stands bare, everything else as {@code %XX} in upper case. A
 * {@code %} that begins no escape stays, so that no two texts of different meaning become one.
 */
final class PercentText {
    private static final String BARE = "-._~!$'()*,;:@";

    private PercentText() {}

    /** A segment of a path; {@code +} is itself. */
    static String segment(String raw) {
        return normal(raw, "+&=");
    }

    /** A name or a value of a query or a form; {@code +} is a space. */
    static String parameter(String raw) {
        return normal(raw.replace("+", "%20"), "");
    }

    private static String normal(String raw, String alsoBare) {
        StringBuilder out = new StringBuilder(raw.length());
        byte[] in = raw.getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < in.length; i++) {
            int escaped = in[i] == '%' ? escapedAt(in, i + 1) : -1;
            if (escaped >= 0) {
                append(escaped, alsoBare, out);
                i += 2;
            } else if (in[i] == '%') {
                out.append('%');
            } else {
                append(in[i] & 0xff, alsoBare, out);
            }
        }
        return out.toString();
    }

    private static int escapedAt(byte[] in, int at) {
        if (at + 1 >= in.length) {
            return -1;
        }
        int high = Character.digit(in[at], 16);
        int low = Character.digit(in[at + 1], 16);
        return high < 0 || low < 0 ? -1 : high << 4 | low;
    }

    private static void append(int octet, String alsoBare, StringBuilder out) {
        boolean alphanumeric = octet < 0x80 && Character.isLetterOrDigit(octet);
        if (alphanumeric || BARE.indexOf(octet) >= 0 || alsoBare.indexOf(octet) >= 0) {
            out.append((char) octet);
        } else {
            out.append('%');
            out.append(Character.toUpperCase(Character.forDigit(octet >> 4, 16)));
            out.append(Character.toUpperCase(Character.forDigit(octet & 0xf, 16)));
        }
    }
}
