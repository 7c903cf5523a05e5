package dev.llmsim.cassette.importing;

import dev.llmsim.exchange.Bytes;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import java.util.zip.GZIPInputStream;
import java.util.zip.InflaterInputStream;

/** Undoes a {@code content-encoding}. */
@FunctionalInterface
public interface ContentDecoder {
    /** Knows what the JDK knows: gzip and deflate. */
    ContentDecoder JDK = ContentDecoder::decodeWithJdk;

    /** The most bytes that {@link #JDK} lets one body grow to. */
    int MAX_DECODED_BYTES = 256 * 1024 * 1024;

    /**
     * The body without its encoding.
     *
     * @param coding the value of {@code content-encoding}
     * @throws IOException where {@code encoded} is damaged or {@code coding} is not known
     */
    Bytes decode(String coding, Bytes encoded) throws IOException;

    private static Bytes decodeWithJdk(String coding, Bytes encoded) throws IOException {
        InputStream in = new ByteArrayInputStream(encoded.toArray());
        InputStream decoded = switch (coding.trim().toLowerCase(Locale.ROOT)) {
            case "gzip", "x-gzip" -> new GZIPInputStream(in);
            case "deflate" -> new InflaterInputStream(in);
            default -> throw new IOException("content-encoding: " + coding + " (expected: gzip or deflate)");
        };
        byte[] bytes = decoded.readNBytes(MAX_DECODED_BYTES);
        if (decoded.read() >= 0) {
            throw new IOException("decoded body: over " + MAX_DECODED_BYTES + " bytes (expected: fewer)");
        }
        return Bytes.wrap(bytes);
    }
}
