package dev.llmsim.provider.bedrock;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.llmsim.exchange.Bytes;
import dev.llmsim.exchange.Framing;
import dev.llmsim.exchange.Headers;
import dev.llmsim.provider.framing.EventStreamMessage;
import dev.llmsim.provider.simulation.Answer;
import dev.llmsim.provider.simulation.Events;
import dev.llmsim.provider.simulation.Ids;
import dev.llmsim.provider.simulation.Json;
import dev.llmsim.provider.simulation.Work;
import java.util.Map;
import java.util.TreeMap;

/** Collects the messages of a binary event stream, one piece each, while tokens are generated. */
final class EventStream implements ConverseSink {
    /** Hides the length of what is said: each payload has a beginning of this, of a drawn length. */
    private static final String PADDING = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";

    private final Ids ids;
    private final Events events = new Events();

    EventStream(Ids ids) {
        this.ids = ids;
    }

    @Override
    public void token() {
        events.token();
    }

    @Override
    public void send(String type, ObjectNode payload) {
        events.raw(EventStreamMessage.event(type, padded(payload)).encode());
    }

    /** The answer that this stream is. */
    Answer answer(Headers headers, Work work) {
        Headers all = Headers.of("content-type", EventStreamMessage.MEDIA_TYPE).and(headers);
        return new Answer(200, all, Framing.CHUNKED, events.pieces(), work);
    }

    /** Members in the order of their names, the padding among them. */
    private Bytes padded(ObjectNode payload) {
        int length = 1 + Integer.parseInt(ids.hex("", 3), 16) % PADDING.length();
        Map<String, JsonNode> members = new TreeMap<>();
        payload.properties().forEach(member -> members.put(member.getKey(), member.getValue()));
        members.put("p", payload.textNode(PADDING.substring(0, length)));
        return Json.write(Json.object().setAll(members));
    }
}
