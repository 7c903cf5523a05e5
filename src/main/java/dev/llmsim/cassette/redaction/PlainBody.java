package dev.llmsim.cassette.redaction;

import dev.llmsim.exchange.Bytes;
import dev.llmsim.exchange.Frame;
import java.util.List;

/** A body that is one text across its frames. */
record PlainBody(List<Frame> frames, Bytes joined, Surface surface) implements BodySurfaces {
    static PlainBody of(String contentType, List<Frame> frames) {
        Bytes joined = Bytes.concat(frames.stream().map(Frame::bytes).toList());
        return new PlainBody(frames, joined, new Surface(joined, MediaPlace.of(contentType, joined)));
    }

    @Override
    public List<Surface> surfaces() {
        return List.of(surface);
    }

    @Override
    public List<Frame> rewrite(Ledger ledger) {
        return surface.edits(ledger).apply(frames, joined);
    }
}
