package dev.llmsim.cassette.redaction;

import dev.llmsim.exchange.Bytes;
import dev.llmsim.exchange.Frame;
import java.util.List;

/** A body that is one text across its frames. */
record PlainBody(List<Frame> frames, Bytes joined, Surface surface) implements BodySurfaces {
    @Override
    public List<Surface> surfaces() {
        return List.of(surface);
    }

    @Override
    public List<Frame> rewrite(Ledger ledger) {
        return surface.edits(ledger).apply(frames, joined);
    }
}
