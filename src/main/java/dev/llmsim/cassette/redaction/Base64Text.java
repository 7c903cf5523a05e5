package dev.llmsim.cassette.redaction;

import dev.llmsim.exchange.Bytes;
import java.util.Base64;
import java.util.Optional;

/** A stretch of base64 (either alphabet) in a folded text, from {@code from} (inclusive) to {@code to} (exclusive). */
record Base64Text(int from, int to) {
    private static final int GROUP = 4;

    /**
     * The longest stretch around {@code from} to {@code to} whose groups of four characters are aligned with {@code
     * groupStart}.
     */
    static Base64Text around(FoldedText text, int from, int to, int groupStart) {
        int start = from;
        while (start > 0 && isCharacter(text.at(start - 1))) {
            start--;
        }
        start += Math.floorMod(groupStart - start, GROUP);
        int end = to;
        while (end < text.length() && isCharacter(text.at(end))) {
            end++;
        }
        if ((end - start) % GROUP == 1) {
            end--;
        }
        while (end < text.length() && text.at(end) == '=' && (end - start) % GROUP != 0) {
            end++;
        }
        return new Base64Text(start, Math.max(end, to));
    }

    private static boolean isCharacter(int b) {
        return Ascii.isBase64(b) && b != '=';
    }

    /** What it decodes to; empty where it is no base64 after all. */
    Optional<Bytes> decode(FoldedText text) {
        String plain =
                text.slice(from, to).utf8().replace('-', '+').replace('_', '/').replace("=", "");
        try {
            return Optional.of(Bytes.wrap(Base64.getDecoder().decode(plain)));
        } catch (IllegalArgumentException notBase64) {
            return Optional.empty();
        }
    }

    /** {@code plain} in the alphabet and with the padding that this stretch has. */
    Bytes encode(FoldedText text, Bytes plain) {
        String before = text.slice(from, to).utf8();
        boolean urlSafe = before.indexOf('-') >= 0 || before.indexOf('_') >= 0;
        boolean padded = before.endsWith("=") || before.length() % GROUP == 0;
        Base64.Encoder encoder = urlSafe ? Base64.getUrlEncoder() : Base64.getEncoder();
        return Bytes.wrap((padded ? encoder : encoder.withoutPadding()).encode(plain.toArray()));
    }
}
