package dev.llmsim.provider.openai.responses;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** The events of one item of a stream. */
final class ItemEvents {
    private final EventWriter writer;
    private final OutputItem item;
    private final int outputIndex;

    ItemEvents(EventWriter writer, OutputItem item, int outputIndex) {
        this.writer = writer;
        this.item = item;
        this.outputIndex = outputIndex;
    }

    Variant variant() {
        return writer.variant();
    }

    /** {@code members}, which name the item besides. */
    void send(String type, ObjectNode members) {
        writer.send(type, named(members));
    }

    /** One more token. */
    void delta(String type, ObjectNode members, String token) {
        writer.delta(type, named(members), token);
    }

    private ObjectNode named(ObjectNode members) {
        return members.put("item_id", item.id()).put("output_index", outputIndex);
    }
}
