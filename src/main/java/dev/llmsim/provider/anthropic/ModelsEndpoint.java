package dev.llmsim.provider.anthropic;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.llmsim.provider.model.Model;
import dev.llmsim.provider.simulation.Answer;
import dev.llmsim.provider.simulation.ApiErrorException;
import dev.llmsim.provider.simulation.Call;
import dev.llmsim.provider.simulation.Json;
import dev.llmsim.provider.simulation.Work;
import java.time.Instant;
import java.util.List;

/** Answers {@code GET /models} and {@code GET /models/ID}. */
final class ModelsEndpoint {
    private static final String LIST = "anthropic-list";

    private ModelsEndpoint() {}

    static Answer list(Call call) {
        Page page = Page.of(call.engine().models(LIST), call.request().query());
        List<Model> shown = page.models();
        ObjectNode json = Json.object();
        ArrayNode data = json.putArray("data");
        shown.forEach(model -> data.add(model(model.id(), model)));
        json.put("has_more", page.hasMore());
        json.put("first_id", shown.isEmpty() ? null : shown.get(0).id());
        json.put("last_id", shown.isEmpty() ? null : shown.get(shown.size() - 1).id());
        return Answer.json(200, json, Work.NONE);
    }

    /** One of the list, by its id or another id of it. */
    static Answer one(Call call) {
        String id = call.variables().get(0);
        Model found = call.engine().models(LIST).stream()
                .filter(model -> model.id().equals(id) || model.aliases().contains(id))
                .findFirst()
                .orElseThrow(() -> new ApiErrorException(404, "model: " + id));
        return Answer.json(200, model(id, found), Work.NONE);
    }

    private static ObjectNode model(String id, Model model) {
        return Json.object()
                .put("type", "model")
                .put("id", id)
                .put("display_name", model.name())
                .put("created_at", Instant.ofEpochSecond(model.createdSeconds()).toString())
                .put("max_input_tokens", model.contextTokens())
                .put("max_tokens", model.maxOutputTokens())
                .put("lifecycle", "active");
    }
}
