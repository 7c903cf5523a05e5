package dev.llmsim.match;

import dev.llmsim.exchange.Bytes;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.util.Optional;

/** Bytes read as text without replacing anything. */
final class CharsetText {
    private static final char BYTE_ORDER_MARK = '\ufeff';

    private CharsetText() {}

    /** The text without its byte order mark; empty where {@code bytes} is not text in {@code charset}. */
    static Optional<String> read(Bytes bytes, Charset charset) {
        try {
            String text = charset.newDecoder().decode(bytes.asByteBuffer()).toString();
            boolean marked = !text.isEmpty() && text.charAt(0) == BYTE_ORDER_MARK;
            return Optional.of(marked ? text.substring(1) : text);
        } catch (CharacterCodingException notText) {
            return Optional.empty();
        }
    }
}
