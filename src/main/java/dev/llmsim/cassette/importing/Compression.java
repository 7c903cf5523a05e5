package dev.llmsim.cassette.importing;

import dev.llmsim.exchange.Bytes;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** Tells whether a recorder had already undone a content encoding but left its header. */
final class Compression {
    private static final byte GZIP_FIRST = 0x1f;

    private Compression() {}

    static boolean looksDecoded(String coding, Bytes body) {
        return coding.toLowerCase(Locale.ROOT).contains("gzip") ? body.at(0) != GZIP_FIRST : isText(body);
    }

    private static boolean isText(Bytes body) {
        ByteBuffer buffer = body.asByteBuffer();
        try {
            StandardCharsets.UTF_8.newDecoder().decode(buffer);
            return true;
        } catch (CharacterCodingException e) {
            return false;
        }
    }
}
