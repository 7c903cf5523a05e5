package dev.llmsim.provider.coding;

import dev.llmsim.exchange.Bytes;
import dev.llmsim.exchange.Frame;
import dev.llmsim.provider.coding.brotli.BrotliStream;
import dev.llmsim.provider.coding.zstd.ZstdStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Undoes content codings (RFC 9110, section 8.4): {@code gzip}, {@code x-gzip}, {@code deflate} (with and without the zlib
 * wrapper), {@code br}, {@code zstd} and {@code identity}, also stacked.
 *
 * <p>All are decoded as they came: each decoded byte has the offset of the read that made it available, and a stream that was cut
 * short or is broken gives everything before that. What follows the end of gzip is dropped; elsewhere it makes the stream broken.
 */
public final class ContentCoding {
    /** Where a decompression bomb is stopped: 256 MB. */
    public static final long MAX_DECODED_BYTES = 256L << 20;

    /** What is kept of a body that would decode to more: 1 MB, enough to see what it was. */
    public static final int KEPT_OF_TOO_LARGE_BYTES = 1 << 20;

    /** The IANA registry of HTTP content codings. */
    private static final Set<String> REGISTERED = Set.of(
            "aes128gcm",
            "br",
            "compress",
            "dcb",
            "dcz",
            "deflate",
            "exi",
            "gzip",
            "pack200-gzip",
            "x-compress",
            "x-gzip",
            "zstd");

    private static final int MAX_CODINGS = 5;
    private static final int BUFFER_BYTES = 8192;
    private static final int MAX_PENDING_BYTES = 1 << 20;

    private ContentCoding() {}

    /** {@code rawReads} without the codings that {@code contentEncoding}, a header value (empty: none), lists. */
    public static Decoded decode(List<Frame> rawReads, String contentEncoding) {
        return decode(rawReads, contentEncoding, MAX_DECODED_BYTES);
    }

    public static Decoded decode(List<Frame> rawReads, String contentEncoding, long maxBytes) {
        List<String> codings = codings(contentEncoding);
        ReadsInput source = new ReadsInput(rawReads);
        if (codings.isEmpty() || source.isExhausted()) {
            return new Decoded.Plain(rawReads);
        }
        if (codings.size() > MAX_CODINGS) {
            return new Decoded.Undecodable(
                    List.of(),
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
        private final ByteArrayOutputStream pending = new ByteArrayOutputStream();
        private int pendingRead;
        private long pendingMicros;

        Decoding(ReadsInput source, List<String> codings, long maxBytes) {
            this.source = source;
            this.codings = codings;
            this.maxBytes = maxBytes;
        }

        Decoded run() {
            try (InputStream decoder = open()) {
                drain(decoder);
                return new Decoded.Plain(reads());
            } catch (EOFException cutShort) {
                return new Decoded.CutShort(reads());
            } catch (BoundedStream.TooLargeException bomb) {
                return undecodable(first(reads()), "decodes to more than " + maxBytes + " bytes", "at most so many");
            } catch (IOException | RuntimeException broken) {
                return undecodable(reads(), String.valueOf(broken.getMessage()), "a valid stream");
            }
        }

        private Decoded undecodable(List<Frame> reads, String what, String expected) {
            return new Decoded.Undecodable(
                    reads, "content-encoding " + names() + ": " + what + " (expected: " + expected + ")");
        }

        /** The codings by name where they have one that is registered: the header of a stranger may hold anything. */
        private String names() {
            return codings.stream()
                    .map(coding -> REGISTERED.contains(coding) ? coding : "(not registered)")
                    .collect(Collectors.joining(", "));
        }

        private InputStream open() throws IOException {
            InputStream stream = source;
            for (int i = codings.size() - 1; i >= 0; i--) {
                stream = new BoundedStream(open(codings.get(i), stream), maxBytes);
            }
            return stream;
        }

        private static InputStream open(String coding, InputStream coded) throws IOException {
            return switch (coding) {
                case "gzip", "x-gzip" -> Inflated.gzip(coded);
                case "deflate" -> Inflated.deflate(coded);
                case "br" -> new BrotliStream(coded);
                case "zstd" -> new ZstdStream(coded);
                default -> throw new IOException("unknown coding");
            };
        }

        private void drain(InputStream decoder) throws IOException {
            byte[] buffer = new byte[BUFFER_BYTES];
            for (int count = decoder.read(buffer); count >= 0; count = decoder.read(buffer)) {
                if (count > 0) {
                    add(buffer, count);
                }
            }
        }

        /** Bytes that the same read made available become one. */
        private void add(byte[] buffer, int count) {
            if (source.readNumber() != pendingRead || pending.size() > MAX_PENDING_BYTES) {
                flush();
                pendingRead = source.readNumber();
                pendingMicros = source.offsetMicros();
            }
            pending.write(buffer, 0, count);
        }

        private void flush() {
            if (pending.size() > 0) {
                plain.add(new Frame(pendingMicros, Bytes.wrap(pending.toByteArray())));
                pending.reset();
            }
        }

        private List<Frame> reads() {
            flush();
            return plain;
        }

        private static List<Frame> first(List<Frame> reads) {
            List<Frame> first = new ArrayList<>();
            int left = KEPT_OF_TOO_LARGE_BYTES;
            for (Frame read : reads) {
                int count = Math.min(left, read.bytes().length());
                if (count > 0) {
                    first.add(new Frame(
                            read.offsetMicros(),
                            Bytes.copyOf(read.bytes().slice(0, count).toArray())));
                }
                left -= count;
            }
            return first;
        }
    }
}
