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
 * gets new lengths and checksums. A frame that is no whole message is looked at as plain bytes.
 */
final class MessagesBody implements BodySurfaces {
    private final List<Message> messages = new ArrayList<>();

    MessagesBody(List<Frame> frames) {
        for (Frame frame : frames) {
            messages.add(Message.of(frame));
        }
    }

    @Override
    public List<Surface> surfaces() {
        return messages.stream().flatMap(message -> message.surfaces().stream()).toList();
    }

    @Override
    public List<Frame> rewrite(Ledger ledger) {
        List<Frame> rewritten = new ArrayList<>(messages.size());
        for (Message message : messages) {
            boolean touched = message.surfaces().stream().anyMatch(Surface::isTouched);
            rewritten.add(touched ? message.rewrite(ledger) : message.frame());
        }
        return rewritten;
    }

    /** One frame: a message with its headers and its payload, or (without a message) its bytes as the only text. */
    private record Message(
            Frame frame, Optional<EventStreamMessage> parsed, List<Surface> headers, List<PayloadPiece> payload) {

        static Message of(Frame frame) {
            Optional<EventStreamMessage> parsed = EventStreamMessage.parse(frame.bytes());
            if (parsed.isEmpty()) {
                Place place = MediaPlace.of("", frame.bytes());
                return new Message(
                        frame, parsed, List.of(), List.of(PayloadPiece.plain(new Surface(frame.bytes(), place))));
            }
            List<Surface> headers = parsed.get().headers().stream()
                    .map(header -> new Surface(
                            header.value(), header.type() == EventStreamHeader.STRING ? Place.TEXT : Place.BINARY))
                    .toList();
            return new Message(
                    frame, parsed, headers, PayloadPiece.of(parsed.get().payload()));
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
                EventStreamHeader header = parsed.orElseThrow().headers().get(i);
                Surface surface = headers.get(i);
                newHeaders.add(
                        isText(i) ? header.withValue(surface.edits(ledger).apply(surface.original())) : header);
            }
            Bytes newPayload = Bytes.concat(
                    payload.stream().map(piece -> piece.rewrite(ledger)).toList());
            Bytes bytes = parsed.isEmpty() ? newPayload : new EventStreamMessage(newHeaders, newPayload).encode();
            return new Frame(frame.offsetMicros(), bytes);
        }

        private boolean isText(int header) {
            return parsed.orElseThrow().headers().get(header).type() == EventStreamHeader.STRING;
        }
    }
}
