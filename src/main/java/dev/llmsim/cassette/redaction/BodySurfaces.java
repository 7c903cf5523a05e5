package dev.llmsim.cassette.redaction;

import dev.llmsim.exchange.Bytes;
import dev.llmsim.exchange.Frame;
import dev.llmsim.provider.framing.EventStreamMessage;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** A decoded body as the texts in which secrets are looked for, and the body again once they have their placeholders. */
sealed interface BodySurfaces permits PlainBody, MultipartBody, MessagesBody {
    List<Surface> surfaces();

    /** The same frames with placeholders. A frame that nothing is left of is dropped. */
    List<Frame> rewrite(Ledger ledger);

    static BodySurfaces of(String contentType, List<Frame> frames) {
        if (contentType.strip().toLowerCase(Locale.ROOT).startsWith(EventStreamMessage.MEDIA_TYPE)) {
            return new MessagesBody(frames);
        }
        Bytes joined = Bytes.concat(frames.stream().map(Frame::bytes).toList());
        Optional<String> boundary = MediaPlace.boundary(contentType);
        return boundary.isPresent()
                ? new MultipartBody(frames, joined, boundary.get())
                : new PlainBody(frames, joined, new Surface(joined, MediaPlace.of(contentType, joined)));
    }
}
