package dev.llmsim.provider.simulation;

import com.fasterxml.jackson.databind.JsonNode;
import dev.llmsim.exchange.Bytes;
import dev.llmsim.exchange.Framing;
import dev.llmsim.exchange.Headers;
import java.util.List;
import java.util.Objects;

/** An answer on the wire, in the pieces in which it leaves. */
public record Answer(int status, Headers headers, Framing framing, List<Piece> pieces, Work work) {
    public Answer {
        Objects.requireNonNull(headers);
        Objects.requireNonNull(framing);
        pieces = List.copyOf(pieces);
        Objects.requireNonNull(work);
    }

    /** A JSON document, sent when the last token is there. */
    public static Answer json(int status, JsonNode body, Work work) {
        return body(status, "application/json", Json.write(body), work);
    }

    /** A whole body, sent when the last token is there. */
    public static Answer body(int status, String contentType, Bytes body, Work work) {
        return new Answer(
                status,
                Headers.of("content-type", contentType),
                Framing.LENGTH,
                List.of(new Piece(Integer.MAX_VALUE, body)),
                work);
    }

    /** A stream of server-sent events. */
    public static Answer events(List<Piece> pieces, Work work) {
        Headers headers = Headers.of("content-type", "text/event-stream; charset=utf-8", "cache-control", "no-cache");
        return new Answer(200, headers, Framing.CHUNKED, pieces, work);
    }

    /** A stream of JSON documents, one a line. */
    public static Answer lines(List<Piece> pieces, Work work) {
        return new Answer(200, Headers.of("content-type", "application/x-ndjson"), Framing.CHUNKED, pieces, work);
    }

    /** The same with headers beside its own. */
    public Answer with(Headers more) {
        return new Answer(status, headers.and(more), framing, pieces, work);
    }
}
