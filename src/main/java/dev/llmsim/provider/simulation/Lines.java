package dev.llmsim.provider.simulation;

import com.fasterxml.jackson.databind.JsonNode;
import dev.llmsim.exchange.Bytes;
import java.util.ArrayList;
import java.util.List;

/** Collects the lines of a stream of JSON documents (NDJSON), one piece each, while tokens are generated. */
public final class Lines {
    private final List<Piece> pieces = new ArrayList<>();
    private int tokens;

    /** One more token has been generated. */
    public Lines token() {
        tokens++;
        return this;
    }

    /** {@code json} on a line of its own. */
    public Lines line(JsonNode json) {
        pieces.add(new Piece(tokens, Bytes.utf8(Json.text(json) + "\n")));
        return this;
    }

    /** The tokens so far. */
    public int tokens() {
        return tokens;
    }

    public List<Piece> pieces() {
        return List.copyOf(pieces);
    }
}
