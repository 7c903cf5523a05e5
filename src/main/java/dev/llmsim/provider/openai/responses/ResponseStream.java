package dev.llmsim.provider.openai.responses;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.llmsim.provider.simulation.Json;
import dev.llmsim.provider.simulation.Piece;
import java.util.List;

/** Writes a response as the events of its making. */
final class ResponseStream {
    private final EventWriter writer;
    private final StoredResponse response;

    ResponseStream(EventWriter writer, StoredResponse response) {
        this.writer = writer;
        this.response = response;
    }

    List<Piece> write() {
        if (response.times().background()) {
            lifecycle("response.created", response.unfinished("queued"));
            lifecycle("response.queued", response.unfinished("queued"));
        } else {
            lifecycle("response.created", response.unfinished("in_progress"));
        }
        lifecycle("response.in_progress", response.unfinished("in_progress"));
        if (!response.cancelled()) {
            List<OutputItem> items = response.output().items();
            for (int i = 0; i < items.size(); i++) {
                item(items.get(i), i);
            }
            lifecycle("response." + response.ended().path("status").asText(), response.ended());
        }
        return writer.end();
    }

    /** Of a response that others continue, and that says nothing itself. */
    List<Piece> writeCreated() {
        lifecycle("response.created", response.unfinished("in_progress"));
        return writer.end();
    }

    private void lifecycle(String type, ObjectNode json) {
        writer.send(type, Json.object().set("response", json));
    }

    private void item(OutputItem item, int index) {
        writer.send("response.output_item.added", placed(item.begun(), index));
        item.stream(new ItemEvents(writer, item, index));
        writer.send("response.output_item.done", placed(item.done(), index));
    }

    private static ObjectNode placed(ObjectNode item, int index) {
        ObjectNode members = Json.object().put("output_index", index);
        return members.set("item", item);
    }
}
