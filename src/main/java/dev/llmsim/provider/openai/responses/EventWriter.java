package dev.llmsim.provider.openai.responses;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.llmsim.provider.simulation.Events;
import dev.llmsim.provider.simulation.Ids;
import dev.llmsim.provider.simulation.Json;
import dev.llmsim.provider.simulation.Piece;
import java.util.List;
import java.util.TreeMap;

/**
 * Writes numbered events: the type first, the other members by their names, as recorded. The data of each is a whole
 * message by itself, also for a transport without SSE.
 */
final class EventWriter {
    /** With its padding, a delta is as long as a multiple of this (as recorded). */
    private static final int PADDED = 16;

    private final Options options;
    private final Ids ids;
    private final Events events = new Events();
    private int next;

    /**
     * What a client may choose.
     *
     * @param startingAfter the number of the last event that the client has already; -1 where it has none
     * @param others how many numbers after that are taken by events of others
     */
    record Options(Variant variant, boolean obfuscated, int startingAfter, int others) {
        Options(Variant variant, boolean obfuscated, int startingAfter) {
            this(variant, obfuscated, startingAfter, 0);
        }
    }

    EventWriter(Options options, Ids ids) {
        this.options = options;
        this.ids = ids;
    }

    Variant variant() {
        return options.variant();
    }

    void send(String type, ObjectNode members) {
        int number = next++;
        if (number <= options.startingAfter()) {
            return;
        }
        members.put("sequence_number", number + options.others());
        ObjectNode json = Json.object().put("type", type);
        TreeMap<String, JsonNode> sorted = new TreeMap<>();
        members.properties().forEach(member -> sorted.put(member.getKey(), member.getValue()));
        sorted.forEach(json::set);
        events.event(type, json);
    }

    /** A delta, which is a token; padded, unless the client turned that off. */
    void delta(String type, ObjectNode members, String token) {
        if (next > options.startingAfter()) {
            events.token();
        }
        members.put("delta", token);
        if (options.obfuscated()) {
            int length = token.codePointCount(0, token.length());
            int padding = Math.floorMod(-length, PADDED);
            members.put("obfuscation", padding == 0 ? "" : ids.alphanumeric("", padding));
        }
        send(type, members);
    }

    /** The tokens that the client sees. */
    int tokens() {
        return events.tokens();
    }

    List<Piece> end() {
        options.variant().end(events);
        return events.pieces();
    }
}
