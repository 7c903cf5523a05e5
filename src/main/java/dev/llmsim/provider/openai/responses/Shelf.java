package dev.llmsim.provider.openai.responses;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.llmsim.provider.SocketDialect;
import dev.llmsim.provider.simulation.Call;
import dev.llmsim.provider.simulation.Json;
import dev.llmsim.provider.simulation.Store;
import java.util.Optional;

/**
 * The stored responses of a session, and the items of their output, by id; on a WebSocket, beside them those that were not to be stored:
 * nobody else finds these.
 */
final class Shelf {
    private static final String RESPONSE = "response/";
    private static final String ITEM = "response-item/";

    private final Store store;
    private final String socket;

    private Shelf(Store store, String socket) {
        this.store = store;
        this.socket = socket;
    }

    /** Where {@code call} looks and keeps. */
    static Shelf of(Call call) {
        String socket = call.request()
                .headers()
                .first(SocketDialect.SOCKET_HEADER)
                .map(id -> "socket/" + id + "/")
                .orElse("");
        return new Shelf(call.engine().store(), socket);
    }

    void keep(StoredResponse response) {
        keep("", response);
    }

    /** Keeps what is not to be stored for as long as its WebSocket is open; nowhere, where there is none. */
    void keepForSocket(StoredResponse response) {
        if (!socket.isEmpty()) {
            keep(socket, response);
        }
    }

    private void keep(String scope, StoredResponse response) {
        store.put(scope + RESPONSE + response.id(), response, response.bytes());
        for (OutputItem item : response.output().items()) {
            ObjectNode json = item.kept();
            store.put(scope + ITEM + item.id(), json, Json.write(json).length());
        }
    }

    /** What continues a response that is kept for its WebSocket alone failed: it is forgotten, as the real service does. */
    void forgetForSocket(String id) {
        if (!socket.isEmpty()) {
            store.remove(socket + RESPONSE + id);
        }
    }

    Optional<StoredResponse> response(String id) {
        return find(RESPONSE + id, StoredResponse.class);
    }

    Optional<ObjectNode> item(String id) {
        return find(ITEM + id, ObjectNode.class);
    }

    private <T> Optional<T> find(String key, Class<T> type) {
        Optional<T> stored = store.find(key, type);
        return stored.isPresent() || socket.isEmpty() ? stored : store.find(socket + key, type);
    }

    Optional<StoredResponse> cancel(String id, long nowSeconds) {
        return store.update(RESPONSE + id, StoredResponse.class, response -> response.cancelledAt(nowSeconds));
    }

    /** Ends a response where it was steered; nothing where there is none. */
    Optional<StoredResponse> steer(String id, Steering place) {
        Optional<StoredResponse> cut = store.update(RESPONSE + id, StoredResponse.class, one -> one.steeredAt(place));
        return cut.isPresent()
                ? cut
                : store.update(socket + RESPONSE + id, StoredResponse.class, one -> one.steeredAt(place));
    }

    /** Whether there was such a response. */
    boolean remove(String id) {
        response(id).ifPresent(response -> response.output().items().forEach(item -> store.remove(ITEM + item.id())));
        return store.remove(RESPONSE + id);
    }
}
