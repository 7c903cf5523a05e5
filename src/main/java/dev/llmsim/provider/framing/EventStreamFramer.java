package dev.llmsim.provider.framing;

import dev.llmsim.exchange.Bytes;
import dev.llmsim.exchange.Frame;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32;

/**
 * One frame for each message of an AWS event stream, cut by the length that the message declares. From a prelude that cannot
 * be one (its checksum or a length is wrong) onwards each read is a frame.
 */
final class EventStreamFramer implements Framer {
    private final PendingFrame pending = new PendingFrame();
    private final byte[] prelude = new byte[EventStreamMessage.PRELUDE_BYTES];
    private int pendingBytes;
    private int messageBytes = -1;
    private boolean broken;

    @Override
    public List<Frame> feed(Bytes read, long offsetMicros) {
        List<Frame> frames = new ArrayList<>();
        int at = 0;
        while (at < read.length() && !broken) {
            int end = Math.min(read.length(), at + missingBytes());
            at = take(read, at, end, offsetMicros);
            if (pendingBytes == messageBytes) {
                frames.add(pending.take());
                pendingBytes = 0;
                messageBytes = -1;
            }
        }
        pending.add(read.slice(at, read.length()), offsetMicros);
        if (broken) {
            frames.addAll(pending.takeRest());
        }
        return frames;
    }

    @Override
    public List<Frame> finish() {
        return pending.takeRest();
    }

    private int missingBytes() {
        return (messageBytes < 0 ? EventStreamMessage.PRELUDE_BYTES : messageBytes) - pendingBytes;
    }

    private int take(Bytes read, int from, int to, long offsetMicros) {
        for (int i = from; i < to && pendingBytes + i - from < prelude.length; i++) {
            prelude[pendingBytes + i - from] = read.at(i);
        }
        pending.add(read.slice(from, to), offsetMicros);
        pendingBytes += to - from;
        if (messageBytes < 0 && pendingBytes == prelude.length) {
            messageBytes = declaredBytes();
            broken = messageBytes < 0;
        }
        return to;
    }

    private int declaredBytes() {
        CRC32 crc = new CRC32();
        crc.update(prelude, 0, 8);
        Bytes head = Bytes.copyOf(prelude);
        int total = head.asByteBuffer().getInt(0);
        int headers = head.asByteBuffer().getInt(4);
        boolean possible = head.asByteBuffer().getInt(8) == (int) crc.getValue()
                && total <= EventStreamMessage.MAX_BYTES
                && headers >= 0
                && headers <= total - EventStreamMessage.OVERHEAD_BYTES;
        return possible ? total : -1;
    }
}
