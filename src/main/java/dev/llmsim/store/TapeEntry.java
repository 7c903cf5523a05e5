package dev.llmsim.store;

import dev.llmsim.exchange.Ending;
import dev.llmsim.exchange.Recording;
import dev.llmsim.exchange.Request;
import dev.llmsim.exchange.ResponseHead;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A sealed recording on a tape without its headers and bodies: enough to index and to list it.
 *
 * @param row where it is; rows ascend in the order in which the requests began
 * @param id names it within its cassette
 * @param upstream a name, or an origin where no name is known
 * @param headersKnown false where the source of the request had dropped headers
 * @param status 0 where upstream failed before it sent a head
 * @param flawOrNull why it would not replay as it was sent
 */
public record TapeEntry(
        long row,
        String cassette,
        String id,
        String upstream,
        String method,
        String target,
        boolean headersKnown,
        int status,
        Ending ending,
        long bodyBytes,
        boolean redacted,
        Keys keys,
        @Nullable String flawOrNull) {

    /** The entry that {@code seal} makes. */
    public static TapeEntry of(TapeChange.Seal seal) {
        Recording recording = seal.recording();
        Request request = recording.request();
        return new TapeEntry(
                seal.row(),
                seal.cassette(),
                recording.id(),
                request.upstream(),
                request.method(),
                request.target(),
                request.headers().isKnown(),
                recording.response().head().map(ResponseHead::status).orElse(0),
                recording.response().ending(),
                recording.response().bodyBytes(),
                recording.redacted(),
                seal.keys(),
                null);
    }

    /** The same under another id. */
    public TapeEntry withId(String newId) {
        return new TapeEntry(
                row,
                cassette,
                newId,
                upstream,
                method,
                target,
                headersKnown,
                status,
                ending,
                bodyBytes,
                redacted,
                keys,
                flawOrNull);
    }

    public Optional<String> flaw() {
        return Optional.ofNullable(flawOrNull);
    }
}
