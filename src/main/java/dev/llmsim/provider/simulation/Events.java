package dev.llmsim.provider.simulation;

import com.fasterxml.jackson.databind.JsonNode;
import dev.llmsim.exchange.Bytes;
import java.util.ArrayList;
import java.util.List;

/** Collects the events of a stream, one piece each, while tokens are generated. */
public final class Events {
    private final List<Piece> pieces = new ArrayList<>();
    private int tokens;

    /** One more token has been generated. */
    public Events token() {
        tokens++;
        return this;
    }

    /** {@code data: JSON} without a name. */
    public Events data(JsonNode json) {
        return raw("data: " + Json.text(json) + "\n\n");
    }

    /** {@code event: NAME} and {@code data: JSON}. */
    public Events event(String name, JsonNode json) {
        return raw("event: " + name + "\ndata: " + Json.text(json) + "\n\n");
    }

    /** Any text as it is. */
    public Events raw(String text) {
        return raw(Bytes.utf8(text));
    }

    /** Any bytes as they are. */
    public Events raw(Bytes bytes) {
        pieces.add(new Piece(tokens, bytes));
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
