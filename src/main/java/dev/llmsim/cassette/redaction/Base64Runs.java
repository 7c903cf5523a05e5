package dev.llmsim.cassette.redaction;

import dev.llmsim.exchange.Bytes;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Finds what looks like a key in text that stands in a text as base64: a {@code data:} address, a JSON document that was encoded.
 * Base64 of anything but text (an image, a signature) is passed over by its beginning; none is decoded twice.
 */
final class Base64Runs {
    /** The base64 of sixteen bytes is longer; no key is shorter. */
    private static final int MIN_CHARS = 22;

    private static final int BEGINNING_CHARS = 16;

    private Base64Runs() {}

    /**
     * Gives every key inside base64 to {@code learned}; where it stands, the search for known values finds out. Returns how many
     * characters were decoded.
     */
    static long find(FoldedText text, Consumer<Secret> learned) {
        long decoded = 0;
        int from = 0;
        for (int at = 0; at <= text.length(); at++) {
            if (at < text.length() && Ascii.isBase64(text.at(at)) && text.at(at) != '=') {
                continue;
            }
            if (at - from >= MIN_CHARS) {
                decoded += BEGINNING_CHARS;
                if (decode(text, from, from + BEGINNING_CHARS)
                        .filter(Base64Runs::hasNoControls)
                        .isPresent()) {
                    decoded += at - from;
                    run(text, from, at, learned);
                }
            }
            from = at + 1;
        }
        return decoded;
    }

    private static void run(FoldedText text, int from, int to, Consumer<Secret> learned) {
        int whole = (to - from) % 4 == 1 ? to - 1 : to;
        decode(text, from, whole)
                .filter(plain -> hasNoControls(plain) && isUtf8(plain))
                .ifPresent(plain -> KeyPatterns.find(FoldedText.of(plain), span -> learned.accept(span.secret())));
    }

    private static Optional<Bytes> decode(FoldedText text, int from, int to) {
        return new Base64Text(from, to).decode(text);
    }

    private static boolean hasNoControls(Bytes plain) {
        for (int i = 0; i < plain.length(); i++) {
            int b = plain.at(i);
            if ((b >= 0 && b < ' ' && !Ascii.isWhitespace(b)) || b == 0x7f) {
                return false;
            }
        }
        return true;
    }

    private static boolean isUtf8(Bytes plain) {
        try {
            StandardCharsets.UTF_8.newDecoder().decode(plain.asByteBuffer());
            return true;
        } catch (CharacterCodingException binary) {
            return false;
        }
    }
}
