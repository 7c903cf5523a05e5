package dev.llmsim.provider.coding;

import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;

/** The coding {@code deflate}: by RFC 9110 in a zlib wrapper, by some servers without. */
final class Deflate {
    private Deflate() {}

    static InputStream open(InputStream coded, int bufferBytes) throws IOException {
        PushbackInputStream peekable = new PushbackInputStream(coded, 2);
        int first = peekable.read();
        int second = peekable.read();
        if (second >= 0) {
            peekable.unread(second);
        }
        if (first >= 0) {
            peekable.unread(first);
        }
        return new OwnInflaterInput(peekable, new Inflater(!isZlib(first, second)), bufferBytes);
    }

    /** RFC 1950, section 2.2: method 8, and the first two bytes are a multiple of 31. */
    private static boolean isZlib(int first, int second) {
        return (first & 0x0f) == 8 && second >= 0 && ((first << 8) | second) % 31 == 0;
    }

    /** Releases its inflater's native memory when it is closed. */
    private static final class OwnInflaterInput extends InflaterInputStream {
        OwnInflaterInput(InputStream coded, Inflater inflater, int bufferBytes) {
            super(coded, inflater, bufferBytes);
        }

        @Override
        public void close() throws IOException {
            super.close();
            inf.end();
        }
    }
}
