package dev.llmsim.provider.coding;

import dev.llmsim.exchange.Frame;
import java.io.InputStream;
import java.util.List;

/** The reads of one body as a stream that never hands out bytes of two reads at once and knows when its last ones arrived. */
final class ReadsInput extends InputStream {
    private final List<Frame> reads;
    private int index;
    private int at;
    private long offsetMicros;
    private int readNumber;

    ReadsInput(List<Frame> reads) {
        this.reads = reads;
    }

    /** Arrival of the last byte that was handed out. */
    long offsetMicros() {
        return offsetMicros;
    }

    /** The number, from 1, of the read that the last byte that was handed out came with; 0 before the first. */
    int readNumber() {
        return readNumber;
    }

    /** Whether every byte was handed out. */
    boolean isExhausted() {
        skipEmpty();
        return index == reads.size();
    }

    @Override
    public int read() {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] target, int from, int length) {
        if (length == 0) {
            return 0;
        }
        if (isExhausted()) {
            return -1;
        }
        Frame read = reads.get(index);
        int count = Math.min(length, read.bytes().length() - at);
        read.bytes().slice(at, at + count).asByteBuffer().get(target, from, count);
        at += count;
        offsetMicros = read.offsetMicros();
        readNumber = index + 1;
        return count;
    }

    @Override
    public int available() {
        return isExhausted() ? 0 : reads.get(index).bytes().length() - at;
    }

    private void skipEmpty() {
        while (index < reads.size() && at == reads.get(index).bytes().length()) {
            index++;
            at = 0;
        }
    }
}
