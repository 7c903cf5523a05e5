package dev.llmsim.provider.framing;

import dev.llmsim.exchange.Bytes;
import dev.llmsim.exchange.Frame;
import java.util.ArrayList;
import java.util.List;

/**
 * One frame for each server-sent event, up to and including the blank line that ends it. A line ends with LF, CRLF or CR
 * (WHATWG HTML, section 9.2.5). Where a blank line ends with a CR, only the next byte tells whether an LF belongs to it: the
 * frame waits for that byte and keeps its own offset.
 */
final class SseFramer implements Framer {
    private final PendingFrame pending = new PendingFrame();
    private boolean lineIsEmpty = true;
    private boolean afterCr;
    private boolean endsUnlessLf;

    @Override
    public List<Frame> feed(Bytes read, long offsetMicros) {
        List<Frame> frames = new ArrayList<>();
        int start = 0;
        for (int i = 0; i < read.length(); i++) {
            byte next = read.at(i);
            if (endsUnlessLf) {
                int end = next == '\n' ? i + 1 : i;
                pending.add(read.slice(start, end), offsetMicros);
                frames.add(pending.take());
                start = end;
                endsUnlessLf = false;
                if (next == '\n') {
                    afterCr = false;
                    continue;
                }
            }
            if (endsFrame(next)) {
                pending.add(read.slice(start, i + 1), offsetMicros);
                frames.add(pending.take());
                start = i + 1;
            }
        }
        pending.add(read.slice(start, read.length()), offsetMicros);
        return frames;
    }

    @Override
    public List<Frame> finish() {
        return pending.takeRest();
    }

    private boolean endsFrame(byte next) {
        boolean ends = false;
        if (next == '\n') {
            ends = !afterCr && lineIsEmpty;
            lineIsEmpty = true;
        } else if (next == '\r') {
            endsUnlessLf = lineIsEmpty;
            lineIsEmpty = true;
        } else {
            lineIsEmpty = false;
        }
        afterCr = next == '\r';
        return ends;
    }
}
