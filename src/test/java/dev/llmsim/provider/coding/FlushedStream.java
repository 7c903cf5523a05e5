package dev.llmsim.provider.coding;

import com.aayushatharva.brotli4j.Brotli4jLoader;
import com.aayushatharva.brotli4j.encoder.BrotliOutputStream;
import com.aayushatharva.brotli4j.encoder.Encoder;
import com.github.luben.zstd.ZstdOutputStream;
import dev.llmsim.exchange.Bytes;
import dev.llmsim.exchange.Frame;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;

/**
 * Events, coded by the reference encoder of a coding, which was flushed after each of them.
 *
 * @param chunks what the encoder gave at each flush, and at its end
 */
record FlushedStream(List<String> events, List<Bytes> chunks) {
    /** {@code encoder}: a coding and, for br and zstd, its quality: {@code br-11}; {@code deflate-raw} has no zlib wrapper. */
    static FlushedStream of(String encoder, List<String> events) throws IOException {
        FlushedStream stream = ofBytes(encoder, events.stream().map(Bytes::utf8).toList());
        return new FlushedStream(events, stream.chunks());
    }

    static FlushedStream ofBytes(String encoder, List<Bytes> pieces) throws IOException {
        ByteArrayOutputStream wire = new ByteArrayOutputStream();
        List<Bytes> chunks = new ArrayList<>();
        try (OutputStream out = open(encoder, wire)) {
            for (Bytes piece : pieces) {
                piece.writeTo(out);
                out.flush();
                chunks.add(taken(wire));
            }
        }
        chunks.add(taken(wire));
        return new FlushedStream(List.of(), chunks);
    }

    static OutputStream open(String encoder, OutputStream wire) throws IOException {
        String coding = coding(encoder);
        if (coding.equals("gzip")) {
            return new GZIPOutputStream(wire, 512, true);
        }
        if (coding.equals("deflate")) {
            return new DeflaterOutputStream(wire, new Deflater(6, encoder.endsWith("raw")), 512, true);
        }
        int quality = Integer.parseInt(encoder.substring(coding.length() + 1));
        if (coding.equals("zstd")) {
            return new ZstdOutputStream(wire).setLevel(quality).setChecksum(true);
        }
        Brotli4jLoader.ensureAvailability();
        return new BrotliOutputStream(wire, new Encoder.Parameters().setQuality(quality));
    }

    static String coding(String encoder) {
        return encoder.split("-")[0];
    }

    private static Bytes taken(ByteArrayOutputStream wire) {
        Bytes taken = Bytes.wrap(wire.toByteArray());
        wire.reset();
        return taken;
    }

    String text() {
        return String.join("", events);
    }

    Bytes coded() {
        return Bytes.concat(chunks);
    }

    /** Each chunk as one read, at 1, 2, 3 ... ms. */
    List<Frame> reads() {
        List<Frame> reads = new ArrayList<>();
        for (Bytes chunk : chunks) {
            reads.add(new Frame(1000L * (reads.size() + 1), chunk));
        }
        return reads;
    }

    /** {@code coded} in reads of {@code readBytes}, each with the number of its last byte, from 1, as its offset. */
    static List<Frame> split(Bytes coded, int readBytes) {
        List<Frame> reads = new ArrayList<>();
        for (int at = 0; at < coded.length(); at += readBytes) {
            int end = Math.min(coded.length(), at + readBytes);
            reads.add(new Frame(end, coded.slice(at, end)));
        }
        return reads;
    }

    /** How many coded bytes there were when {@code event}, from 0, had been flushed. */
    int flushedAt(int event) {
        return chunks.subList(0, event + 1).stream().mapToInt(Bytes::length).sum();
    }

    /** How many plain bytes there are up to the end of {@code event}. */
    int plainEnd(int event) {
        return String.join("", events.subList(0, event + 1)).getBytes(StandardCharsets.UTF_8).length;
    }
}
