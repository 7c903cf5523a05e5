package dev.llmsim.provider.coding;

import dev.llmsim.exchange.Bytes;
import dev.llmsim.exchange.Frame;
import io.airlift.compress.zstd.ZstdInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.zip.GZIPInputStream;
import org.brotli.dec.BrotliInputStream;

/**
 * Undoes content codings (RFC 9110, section 8.4): {@code gzip}, {@code x-gzip}, {@code deflate} (with and without the zlib
 * wrapper), {@code br}, {@code zstd} and {@code identity}, also stacked.
 *
 * <p>Decoded bytes of gzip and deflate have the offset of the read that completed them, and a stream of theirs that was cut
 * short gives what had arrived. The pure Java decoders for br and zstd give bytes out only when their window is full or the
 * stream ends: the bytes have the offset of that moment, and a stream that was cut short is undecodable.
 */
public final class ContentCoding {
    /** Where a decompression bomb is stopped: 256 MB. */
    public static final long MAX_DECODED_BYTES = 256L << 20;

    private static final int MAX_CODINGS = 5;
    private static final int BUFFER_BYTES = 8192;

    private ContentCoding() {}

    /** {@code rawReads} without the codings that {@code contentEncoding}, a header value (empty: none), lists. */
    public static Decoded decode(List<Frame> rawReads, String contentEncoding) {
        return decode(rawReads, contentEncoding, MAX_DECODED_BYTES);
    }

    static Decoded decode(List<Frame> rawReads, String contentEncoding, long maxBytes) {
        List<String> codings = codings(contentEncoding);
        ReadsInput source = new ReadsInput(rawReads);
        if (codings.isEmpty() || source.isExhausted()) {
            return new Decoded.Plain(rawReads, true);
        }
        if (codings.size() > MAX_CODINGS) {
            return new Decoded.Undecodable(
                    "content-encoding: " + codings.size() + " codings (expected: at most " + MAX_CODINGS + ")");
        }
        return new Decoding(source, codings, maxBytes).run();
    }

    private static List<String> codings(String contentEncoding) {
        return Arrays.stream(contentEncoding.split(","))
                .map(coding -> coding.strip().toLowerCase(Locale.ROOT))
                .filter(coding -> !coding.isEmpty() && !coding.equals("identity"))
                .toList();
    }

    /** One run over one body. */
    private static final class Decoding {
        private final ReadsInput source;
        private final List<String> codings;
        private final long maxBytes;
        private final List<Frame> plain = new ArrayList<>();

        Decoding(ReadsInput source, List<String> codings, long maxBytes) {
            this.source = source;
            this.codings = codings;
            this.maxBytes = maxBytes;
        }

        Decoded run() {
            try (InputStream decoder = open()) {
                return drain(decoder)
                        ? new Decoded.Plain(plain, true)
                        : undecodable("decodes to more than " + maxBytes + " bytes", "at most so many");
            } catch (EOFException cutShort) {
                return plain.isEmpty()
                        ? undecodable("ends before its first byte can be decoded", "a longer stream")
                        : new Decoded.Plain(plain, false);
            } catch (IOException | RuntimeException broken) {
                return undecodable(String.valueOf(broken.getMessage()), "a valid stream");
            }
        }

        private Decoded undecodable(String what, String expected) {
            return new Decoded.Undecodable(
                    "content-encoding " + String.join(", ", codings) + ": " + what + " (expected: " + expected + ")");
        }

        private InputStream open() throws IOException {
            InputStream stream = source;
            for (int i = codings.size() - 1; i >= 0; i--) {
                stream = open(codings.get(i), stream);
            }
            return stream;
        }

        private static InputStream open(String coding, InputStream coded) throws IOException {
            return switch (coding) {
                case "gzip", "x-gzip" -> new GZIPInputStream(coded, BUFFER_BYTES);
                case "deflate" -> Deflate.open(coded, BUFFER_BYTES);
                case "br" -> new BrotliInputStream(coded);
                case "zstd" -> new ZstdInputStream(coded);
                default -> throw new IOException("unknown coding " + coding);
            };
        }

        private boolean drain(InputStream decoder) throws IOException {
            byte[] buffer = new byte[BUFFER_BYTES];
            long total = 0;
            for (int count = decoder.read(buffer); count >= 0; count = decoder.read(buffer)) {
                total += count;
                if (total > maxBytes) {
                    return false;
                }
                if (count > 0) {
                    plain.add(new Frame(source.offsetMicros(), Bytes.wrap(Arrays.copyOf(buffer, count))));
                }
            }
            return true;
        }
    }
}
