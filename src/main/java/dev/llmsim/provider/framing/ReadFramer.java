package dev.llmsim.provider.framing;

import dev.llmsim.exchange.Bytes;
import dev.llmsim.exchange.Frame;
import java.util.List;

/** One frame for each read that brought at least one byte. */
final class ReadFramer implements Framer {
    @Override
    public List<Frame> feed(Bytes read, long offsetMicros) {
        return read.isEmpty() ? List.of() : List.of(new Frame(offsetMicros, read));
    }

    @Override
    public List<Frame> finish() {
        return List.of();
    }
}
