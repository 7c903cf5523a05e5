package dev.llmsim.cassette;

import dev.llmsim.exchange.Bytes;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Tells text from binary. */
final class BodyText {
    private BodyText() {}

    /** {@code bytes} as text: well-formed UTF-8 without control characters other than tab and line ends; else empty. */
    static Optional<String> of(Bytes bytes) {
        ByteBuffer buffer = bytes.asByteBuffer();
        try {
            String text = StandardCharsets.UTF_8.newDecoder().decode(buffer).toString();
            boolean binary = text.chars().anyMatch(c -> (c < 0x20 && c != '\n' && c != '\r' && c != '\t') || c == 0x7F);
            return binary ? Optional.empty() : Optional.of(text);
        } catch (CharacterCodingException notUtf8) {
            return Optional.empty();
        }
    }
}
