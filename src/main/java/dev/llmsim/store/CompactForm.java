package dev.llmsim.store;

import dev.llmsim.exchange.Bytes;
import dev.llmsim.exchange.Frame;
import dev.llmsim.exchange.Header;
import dev.llmsim.exchange.Headers;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Headers, and the cuts of a body into frames, as bytes.
 *
 * <p>Numbers are unsigned LEB128. Headers: count, then length and UTF-8 of each name and value. Frames: count, then for each the
 * zigzag-coded difference of its offset to the one before, and its length.
 */
final class CompactForm {
    private final Bytes bytes;
    private int at;

    private CompactForm(Bytes bytes) {
        this.bytes = bytes;
    }

    static Bytes ofHeaders(Headers headers) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(256);
        number(out, headers.lines().size());
        for (Header line : headers) {
            text(out, line.name());
            text(out, line.value());
        }
        return Bytes.wrap(out.toByteArray());
    }

    static Headers headers(Bytes bytes) {
        CompactForm in = new CompactForm(bytes);
        long count = in.number();
        List<Header> lines = new ArrayList<>();
        for (long i = 0; i < count; i++) {
            lines.add(new Header(in.text(), in.text()));
        }
        return Headers.of(lines);
    }

    static Bytes ofFrames(List<Frame> frames) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(frames.size() * 4 + 8);
        number(out, frames.size());
        long before = 0;
        for (Frame frame : frames) {
            long step = frame.offsetMicros() - before;
            number(out, (step << 1) ^ (step >> 63));
            number(out, frame.bytes().length());
            before = frame.offsetMicros();
        }
        return Bytes.wrap(out.toByteArray());
    }

    /** {@code body} cut into frames, which share its array. */
    static List<Frame> frames(Bytes cuts, Bytes body) {
        CompactForm in = new CompactForm(cuts);
        long count = in.number();
        List<Frame> frames = new ArrayList<>();
        long offsetMicros = 0;
        int from = 0;
        for (long i = 0; i < count; i++) {
            long zigzag = in.number();
            offsetMicros += (zigzag >>> 1) ^ -(zigzag & 1);
            int to = Math.toIntExact(from + in.number());
            frames.add(new Frame(offsetMicros, body.slice(from, to)));
            from = to;
        }
        if (from != body.length()) {
            throw new IllegalArgumentException("frames: " + from + " bytes (expected: " + body.length() + ")");
        }
        return frames;
    }

    private static void number(ByteArrayOutputStream out, long value) {
        long rest = value;
        while ((rest & ~0x7fL) != 0) {
            out.write((int) (rest & 0x7f) | 0x80);
            rest >>>= 7;
        }
        out.write((int) rest);
    }

    private static void text(ByteArrayOutputStream out, String text) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        number(out, utf8.length);
        out.writeBytes(utf8);
    }

    private long number() {
        long value = 0;
        for (int shift = 0; shift < 64; shift += 7) {
            byte next = bytes.at(at++);
            value |= (next & 0x7fL) << shift;
            if (next >= 0) {
                return value;
            }
        }
        throw new IllegalArgumentException("number at " + at + " (expected: at most 64 bits)");
    }

    private String text() {
        int length = Math.toIntExact(number());
        String text = bytes.slice(at, at + length).utf8();
        at += length;
        return text;
    }
}
