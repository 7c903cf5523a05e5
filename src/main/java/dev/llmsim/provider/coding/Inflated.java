package dev.llmsim.provider.coding;

import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.util.zip.GZIPInputStream;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;

/** The codings {@code gzip} and {@code deflate}, with every byte that was decoded before a stream turned out to be broken. */
final class Inflated {
    private static final int BUFFER_BYTES = 8192;

    private Inflated() {}

    static InputStream gzip(InputStream coded) throws IOException {
        return new Gzip(coded);
    }

    /** By RFC 9110 in a zlib wrapper, by some servers without. */
    static InputStream deflate(InputStream coded) throws IOException {
        PushbackInputStream peekable = new PushbackInputStream(coded, 2);
        int first = peekable.read();
        int second = peekable.read();
        if (second >= 0) {
            peekable.unread(second);
        }
        if (first >= 0) {
            peekable.unread(first);
        }
        return new Deflate(peekable, new Inflater(!isZlib(first, second)));
    }

    /** RFC 1950, section 2.2: method 8, and the first two bytes are a multiple of 31. */
    private static boolean isZlib(int first, int second) {
        return (first & 0x0f) == 8 && second >= 0 && ((first << 8) | second) % 31 == 0;
    }

    /** Reads from an inflater; what it had put into the buffer when it failed counts, and the failure is told the next time. */
    private static final class Salvage {
        private @Nullable ZipException failure;

        int read(Inflater inflater, Source source) throws IOException {
            if (failure != null) {
                throw failure;
            }
            long before = inflater.getBytesWritten();
            try {
                return source.read();
            } catch (ZipException broken) {
                long written = inflater.getBytesWritten() - before;
                if (written <= 0) {
                    throw broken;
                }
                failure = broken;
                return (int) written;
            }
        }
    }

    @FunctionalInterface
    private interface Source {
        int read() throws IOException;
    }

    private static final class Gzip extends GZIPInputStream {
        private final Salvage salvage = new Salvage();

        Gzip(InputStream coded) throws IOException {
            super(coded, BUFFER_BYTES);
        }

        @Override
        public int read(byte[] target, int from, int length) throws IOException {
            return salvage.read(inf, () -> super.read(target, from, length));
        }
    }

    private static final class Deflate extends InflaterInputStream {
        private final Salvage salvage = new Salvage();

        Deflate(InputStream coded, Inflater inflater) {
            super(coded, inflater, BUFFER_BYTES);
        }

        @Override
        public int read(byte[] target, int from, int length) throws IOException {
            return end(salvage.read(inf, () -> super.read(target, from, length)));
        }

        /** Nothing may follow the end: a body that was never coded at all may look like a short stream and more. */
        private int end(int count) throws IOException {
            if (count < 0 && (inf.getRemaining() > 0 || in.read() >= 0)) {
                throw new IOException("deflate: bytes after the end");
            }
            return count;
        }

        @Override
        public void close() throws IOException {
            super.close();
            inf.end();
        }
    }
}
