package dev.llmsim.provider.framing;

import dev.llmsim.exchange.Bytes;
import dev.llmsim.exchange.Frame;
import java.util.ArrayList;
import java.util.List;

/** One frame for each line, up to and including its LF. */
final class LineFramer implements Framer {
    private final PendingFrame pending = new PendingFrame();

    @Override
    public List<Frame> feed(Bytes read, long offsetMicros) {
        List<Frame> frames = new ArrayList<>();
        int start = 0;
        for (int i = 0; i < read.length(); i++) {
            if (read.at(i) == '\n') {
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
}
