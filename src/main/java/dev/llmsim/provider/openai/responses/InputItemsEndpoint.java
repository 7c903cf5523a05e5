package dev.llmsim.provider.openai.responses;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.llmsim.provider.simulation.Answer;
import dev.llmsim.provider.simulation.Call;
import dev.llmsim.provider.simulation.Json;
import dev.llmsim.provider.simulation.Work;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Answers {@code GET /responses/ID/input_items}: what a response was told, page by page. */
final class InputItemsEndpoint {
    private static final int USUAL = 20;
    private static final int MOST = 100;

    private InputItemsEndpoint() {}

    static Answer list(Call call) {
        StoredResponse response = StoredEndpoints.find(call);
        Query query = Query.of(call.request());
        int limit = query.integer("limit", 1, MOST).orElse(USUAL);
        List<ObjectNode> items = new ArrayList<>(response.history());
        items.addAll(response.input());
        if (query.oneOf("order", List.of("asc", "desc"), "desc").equals("desc")) {
            Collections.reverse(items);
        }
        int begin = query.first("after").map(id -> after(items, id)).orElse(0);
        int end = Math.min(items.size(), begin + limit);
        return Answer.json(200, page(items.subList(begin, end), end < items.size()), Work.NONE);
    }

    private static int after(List<ObjectNode> items, String id) {
        for (int i = 0; i < items.size(); i++) {
            if (items.get(i).path("id").asText().equals(id)) {
                return i + 1;
            }
        }
        throw Errors.notFound("Item", id);
    }

    private static ObjectNode page(List<ObjectNode> items, boolean more) {
        ObjectNode json = Json.object().put("object", "list");
        ArrayNode data = json.putArray("data");
        items.forEach(item -> data.add(item.deepCopy().without(ReasoningItem.TOKENS)));
        json.put("first_id", items.isEmpty() ? null : items.get(0).path("id").asText());
        json.put(
                "last_id",
                items.isEmpty() ? null : items.get(items.size() - 1).path("id").asText());
        return json.put("has_more", more);
    }
}
