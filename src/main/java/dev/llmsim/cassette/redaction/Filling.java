package dev.llmsim.cassette.redaction;

import dev.llmsim.exchange.Bytes;
import dev.llmsim.exchange.Frame;
import dev.llmsim.exchange.Header;
import dev.llmsim.exchange.Headers;
import dev.llmsim.exchange.Response;
import dev.llmsim.exchange.ResponseHead;
import dev.llmsim.provider.framing.EventStreamHeader;
import dev.llmsim.provider.framing.EventStreamMessage;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Puts the present request's secrets where placeholders stand: as they are, percent-encoded where the placeholder is, inside
 * base64 where it is, and escaped in JSON.
 */
final class Filling {
    /** Headers whose addresses a client follows: a cassette of a stranger could send it, with its own key, anywhere. */
    private static final Set<String> FOLLOWED = Set.of("location", "refresh", "content-location", "link");

    private final Ledger ledger;

    Filling(Ledger ledger) {
        this.ledger = ledger;
    }

    Response fill(Response recorded) {
        Headers recordedHeaders = recorded.head().map(ResponseHead::headers).orElse(Headers.EMPTY);
        ResponseHead head = recorded.head()
                .map(old -> new ResponseHead(
                        old.status(), text(Bytes.utf8(old.reason()), false).utf8(), headers(old.headers())))
                .orElse(null);
        List<Frame> frames = frames(recorded, ResponseSurfaces.bodyType(recordedHeaders));
        return ResponseSurfaces.replaced(recorded, head, frames, headers(recorded.trailers()));
    }

    private List<Frame> frames(Response recorded, String contentType) {
        String type = contentType.toLowerCase(Locale.ROOT);
        if (!type.strip().startsWith(EventStreamMessage.MEDIA_TYPE)) {
            Bytes joined = recorded.body();
            return new PlaceholderText(joined, isJson(type)).edits(ledger).apply(recorded.frames(), joined);
        }
        List<Frame> frames = new ArrayList<>(recorded.frames().size());
        for (Frame frame : recorded.frames()) {
            frames.add(new Frame(frame.offsetMicros(), message(frame.bytes())));
        }
        return frames;
    }

    private Bytes message(Bytes frame) {
        Optional<EventStreamMessage> parsed = EventStreamMessage.parse(frame);
        if (parsed.isEmpty()) {
            return text(frame, false);
        }
        List<EventStreamHeader> headers = parsed.get().headers().stream()
                .map(header -> header.type() == EventStreamHeader.STRING
                        ? header.withValue(text(header.value(), false))
                        : header)
                .toList();
        EventStreamMessage filled =
                new EventStreamMessage(headers, text(parsed.get().payload(), true));
        return filled.equals(parsed.get()) ? frame : filled.encode();
    }

    private Headers headers(Headers recorded) {
        List<Header> lines = new ArrayList<>();
        for (Header line : recorded) {
            if (FOLLOWED.contains(line.lowerCaseName())) {
                lines.add(line);
                continue;
            }
            Bytes value = Bytes.wrap(line.value().getBytes(StandardCharsets.ISO_8859_1));
            lines.add(new Header(line.name(), new String(text(value, false).toArray(), StandardCharsets.ISO_8859_1)));
        }
        return recorded.isKnown() ? Headers.of(lines) : recorded;
    }

    private Bytes text(Bytes text, boolean json) {
        return new PlaceholderText(text, json).edits(ledger).apply(text);
    }

    private static boolean isJson(String type) {
        return type.contains("json") || type.startsWith("text/event-stream");
    }
}
