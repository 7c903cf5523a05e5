package dev.llmsim.cassette.redaction;

import dev.llmsim.exchange.Bytes;
import dev.llmsim.exchange.Frame;
import dev.llmsim.exchange.Headers;
import dev.llmsim.exchange.Response;
import dev.llmsim.exchange.ResponseHead;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The texts of an answer in which secrets are looked for. */
final class ResponseSurfaces {
    private final Response response;
    private final Surface reason;
    private final HeaderSurfaces headers;
    private final BodySurfaces body;
    private final HeaderSurfaces trailers;

    ResponseSurfaces(Response response) {
        this.response = response;
        Headers head = response.head().map(ResponseHead::headers).orElse(Headers.EMPTY);
        reason =
                new Surface(Bytes.utf8(response.head().map(ResponseHead::reason).orElse("")), Place.TEXT);
        headers = new HeaderSurfaces(head);
        body = BodySurfaces.of(bodyType(head), response.frames());
        trailers = new HeaderSurfaces(response.trailers());
    }

    List<List<Surface>> all() {
        return List.of(List.of(reason), headers.surfaces(), body.surfaces(), trailers.surfaces());
    }

    Response rewrite(Ledger ledger) {
        ResponseHead head = response.head()
                .map(old -> new ResponseHead(
                        old.status(),
                        reason.edits(ledger).apply(reason.original()).utf8(),
                        headers.rewrite(ledger)))
                .orElse(null);
        return replaced(response, head, body.rewrite(ledger), trailers.rewrite(ledger));
    }

    /** {@code response} with other parts; what its body ended short of stays the same number of bytes. */
    static Response replaced(Response response, @Nullable ResponseHead head, List<Frame> frames, Headers trailers) {
        long grownBytes =
                frames.stream().mapToLong(frame -> frame.bytes().length()).sum() - response.bodyBytes();
        boolean declared = response.declaredBytes() >= 0 && !frames.isEmpty();
        return new Response(
                head,
                response.framing(),
                declared ? response.declaredBytes() + grownBytes : response.declaredBytes(),
                frames,
                trailers,
                response.timing(),
                response.headMicros(),
                response.endMicros(),
                response.ending());
    }

    /** The media type of the body; one that is still coded is bytes, whatever it is once decoded. */
    static String bodyType(Headers head) {
        return head.contains("content-encoding")
                ? "application/gzip"
                : head.first("content-type").orElse("");
    }
}
