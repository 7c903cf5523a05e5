package dev.llmsim.match;

import dev.llmsim.exchange.Key;
import dev.llmsim.match.Node.Mark;
import dev.llmsim.match.Node.Text;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;

/** Base64 in the spellings that providers accept: both alphabets, padded or not, with or without line ends. */
final class Base64Text {
    private static final String MARKER = ";base64,";

    private Base64Text() {}

    /** A mark for the bytes of {@code text}, which is base64 or a {@code data:} URL; {@code text} itself if it is neither. */
    static Node hashed(Text text) {
        String value = text.value();
        boolean url = value.startsWith("data:");
        int start = url ? value.indexOf(MARKER) + MARKER.length() : 0;
        if (value.isEmpty() || (url && start < MARKER.length())) {
            return text;
        }
        String kind = value.substring(0, start);
        return decoded(value.substring(start))
                .<Node>map(bytes -> new Mark(kind + "base64 of " + bytes.length + " bytes "
                        + Key.hash(bytes).hex()))
                .orElse(text);
    }

    private static Optional<byte[]> decoded(String base64) {
        byte[] digits = new byte[base64.length()];
        int length = 0;
        for (int i = 0; i < base64.length(); i++) {
            char c = base64.charAt(i);
            if (c > '~') {
                return Optional.empty();
            }
            if (c != '\r' && c != '\n') {
                digits[length++] = inStandardAlphabet(c);
            }
        }
        return decoded(Arrays.copyOf(digits, length));
    }

    private static byte inStandardAlphabet(char c) {
        return switch (c) {
            case '-' -> '+';
            case '_' -> '/';
            default -> (byte) c;
        };
    }

    private static Optional<byte[]> decoded(byte[] digits) {
        try {
            return Optional.of(Base64.getDecoder().decode(digits));
        } catch (IllegalArgumentException notBase64) {
            return Optional.empty();
        }
    }
}
