package dev.llmsim.bench;

import io.netty.buffer.ByteBuf;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * What the ceiling sends: ready-made buffers.
 *
 * @param whole a stream in its chunk
 * @param chunks its events, each framed as a chunk
 * @param gapNanos between two events of a timed stream, and before its first
 */
record CeilingAnswers(ByteBuf json, ByteBuf whole, List<ByteBuf> chunks, long gapNanos) {
    CeilingAnswers(int events, int gapMillis) {
        this(
                ReadyBytes.ascii(Payloads.completion()),
                ReadyBytes.ascii(String.join("", Payloads.events(events))),
                Payloads.events(events).stream()
                        .map(event -> ReadyBytes.ascii(Integer.toHexString(event.length()) + "\r\n" + event + "\r\n"))
                        .toList(),
                TimeUnit.MILLISECONDS.toNanos(gapMillis));
    }
}
