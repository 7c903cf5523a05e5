package dev.llmsim.cassette.redaction;

import dev.llmsim.exchange.Bytes;
import dev.llmsim.exchange.Frame;
import dev.llmsim.provider.framing.EventStreamHeader;
import dev.llmsim.provider.framing.EventStreamMessage;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A body of AWS event-stream messages: text headers and payloads are texts of their own, and a message that was changed
 * gets new lengths and checksums. From the first frame that is no whole message onwards the body is one plain text.
 */
final class MessagesBody implements BodySurfaces {
    private final List<Message> messages = new ArrayList<>();
    private final PlainBody rest;

    MessagesBody(List<Frame> frames) {
        int whole = 0;
        Optional<EventStreamMessage> parsed = parsed(frames, whole);
        while (parsed.isPresent()) {
            messages.add(Message.of(frames.get(whole), parsed.get()));
            whole++;
            parsed = parsed(frames, whole);
        }
        rest = PlainBody.of("", frames.subList(whole, frames.size()));
    }

    private static Optional<EventStreamMessage> parsed(List<Frame> frames, int index) {
        return index < frames.size()
                ? EventStreamMessage.parse(frames.get(index).bytes())
                : Optional.empty();
    }

    @Override
    public List<Surface> surfaces() {
        List<Surface> all = new ArrayList<>();
        messages.forEach(message -> all.addAll(message.surfaces()));
        all.addAll(rest.surfaces());
        return all;
    }

    @Override
    public List<Frame> rewrite(Ledger ledger) {
        List<Frame> rewritten = new ArrayList<>(messages.size());
        for (Message message : messages) {
            boolean touched = message.surfaces().stream().anyMatch(Surface::isTouched);
            rewritten.add(touched ? message.rewrite(ledger) : message.frame());
        }
        rewritten.addAll(rest.rewrite(ledger));
        return rewritten;
    }

    /** One frame that is a message: a text for each of its headers, and those of its payload. */
    private record Message(Frame frame, EventStreamMessage parsed, List<Surface> headers, List<PayloadPiece> payload) {

        static Message of(Frame frame, EventStreamMessage parsed) {
            List<Surface> headers = parsed.headers().stream()
                    .map(header -> new Surface(header.value(), Place.TEXT))
                    .toList();
            return new Message(frame, parsed, headers, PayloadPiece.of(parsed.payload()));
        }

        List<Surface> surfaces() {
            List<Surface> all = new ArrayList<>();
            for (int i = 0; i < headers.size(); i++) {
                if (isText(i)) {
                    all.add(headers.get(i));
                }
            }
            payload.forEach(piece -> all.add(piece.surface()));
            return all;
        }

        Frame rewrite(Ledger ledger) {
            List<EventStreamHeader> newHeaders = new ArrayList<>();
            for (int i = 0; i < headers.size(); i++) {
                EventStreamHeader header = parsed.headers().get(i);
                Surface surface = headers.get(i);
                newHeaders.add(
                        isText(i) ? header.withValue(surface.edits(ledger).apply(surface.original())) : header);
            }
            Bytes newPayload = Bytes.concat(
                    payload.stream().map(piece -> piece.rewrite(ledger)).toList());
            return new Frame(frame.offsetMicros(), new EventStreamMessage(newHeaders, newPayload).encode());
        }

        private boolean isText(int header) {
            return parsed.headers().get(header).type() == EventStreamHeader.STRING;
        }
    }
}
