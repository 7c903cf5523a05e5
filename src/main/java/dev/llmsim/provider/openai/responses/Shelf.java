package dev.llmsim.provider.openai.responses;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.llmsim.provider.simulation.Json;
import dev.llmsim.provider.simulation.Store;
import java.util.Optional;

/** The stored responses of a session, and the items of their output, by id. */
final class Shelf {
    private static final String RESPONSE = "response/";
    private static final String ITEM = "response-item/";

    private final Store store;

    Shelf(Store store) {
        this.store = store;
    }

    void keep(StoredResponse response) {
        store.put(RESPONSE + response.id(), response, response.bytes());
        for (OutputItem item : response.output().items()) {
            ObjectNode json = item.kept();
            store.put(ITEM + item.id(), json, Json.write(json).length());
        }
    }

    Optional<StoredResponse> response(String id) {
        return store.find(RESPONSE + id, StoredResponse.class);
    }

    Optional<ObjectNode> item(String id) {
        return store.find(ITEM + id, ObjectNode.class);
    }

    Optional<StoredResponse> cancel(String id, long nowSeconds) {
        return store.update(RESPONSE + id, StoredResponse.class, response -> response.cancelledAt(nowSeconds));
    }

    /** Whether there was such a response. */
    boolean remove(String id) {
        response(id).ifPresent(response -> response.output().items().forEach(item -> store.remove(ITEM + item.id())));
        return store.remove(RESPONSE + id);
    }
}
