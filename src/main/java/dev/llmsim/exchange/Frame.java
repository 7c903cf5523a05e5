package dev.llmsim.exchange;

import java.util.List;
import java.util.Objects;

/**
 * Bytes that leave together. For SSE one event, for NDJSON one line, for an AWS event stream one message, else one read.
 *
 * @param offsetMicros arrival in microseconds after the last byte of the request
 */
public record Frame(long offsetMicros, Bytes bytes) {
    public Frame {
        Objects.requireNonNull(bytes);
        if (offsetMicros < 0) {
            throw new IllegalArgumentException("offsetMicros: " + offsetMicros + " (expected: >= 0)");
        }
    }

    /** The length of the body that {@code frames} make up. */
    public static long totalBytes(List<Frame> frames) {
        long total = 0;
        for (Frame frame : frames) {
            total += frame.bytes().length();
        }
        return total;
    }
}
