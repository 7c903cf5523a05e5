package dev.llmsim.cassette.redaction;

import dev.llmsim.exchange.Bytes;
import java.util.Base64;
import java.util.List;

/**
 * A stretch of an event-stream payload. The streams of Bedrock's InvokeModel wrap the model's own JSON as {@code
 * {"bytes":"BASE64"}}: there the decoded JSON is the text to look at.
 *
 * @param base64 whether {@code surface} stands in the payload as base64
 */
record PayloadPiece(Surface surface, boolean base64) {
    private static final String MEMBER = "\"bytes\":\"";

    static PayloadPiece plain(Surface surface) {
        return new PayloadPiece(surface, false);
    }

    /** The pieces of {@code payload}, in order. */
    static List<PayloadPiece> of(Bytes payload) {
        String text = payload.utf8();
        int member = text.startsWith("{") ? text.indexOf(MEMBER) : -1;
        int from = member + MEMBER.length();
        int to = member < 0 ? -1 : text.indexOf('"', from);
        if (to < 0 || text.length() != payload.length()) {
            return List.of(plain(new Surface(payload, MediaPlace.of("", payload))));
        }
        try {
            Bytes inner = Bytes.wrap(Base64.getDecoder().decode(text.substring(from, to)));
            return List.of(
                    plain(new Surface(payload.slice(0, from), Place.TEXT)),
                    new PayloadPiece(new Surface(inner, MediaPlace.of("", inner)), true),
                    plain(new Surface(payload.slice(to, payload.length()), Place.TEXT)));
        } catch (IllegalArgumentException notBase64) {
            return List.of(plain(new Surface(payload, Place.TEXT)));
        }
    }

    Bytes rewrite(Ledger ledger) {
        Bytes rewritten = surface.edits(ledger).apply(surface.original());
        return base64 ? Bytes.wrap(Base64.getEncoder().encode(rewritten.toArray())) : rewritten;
    }
}
