package dev.llmsim.provider.openai;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.llmsim.provider.model.Model;
import dev.llmsim.provider.simulation.Answer;
import dev.llmsim.provider.simulation.ApiError;
import dev.llmsim.provider.simulation.ApiErrorException;
import dev.llmsim.provider.simulation.Call;
import dev.llmsim.provider.simulation.Json;
import dev.llmsim.provider.simulation.Work;

/** Answers {@code GET /models} and {@code GET /models/ID}. */
final class ModelsEndpoint {
    private static final String LIST = "openai-list";

    private ModelsEndpoint() {}

    static Answer list(Call call) {
        ObjectNode json = Json.object().put("object", "list");
        ArrayNode models = json.putArray("data");
        call.engine().models(LIST).forEach(model -> models.add(model(model.id(), model)));
        return Answer.json(200, json, Work.NONE);
    }

    /** One of the list, by its id or another id of it. */
    static Answer one(Call call) {
        String id = call.variables().get(0);
        Model found = call.engine().models(LIST).stream()
                .filter(model -> model.id().equals(id) || model.aliases().contains(id))
                .findFirst()
                .orElseThrow(() -> new ApiErrorException(ApiError.of(404, "The model '" + id + "' does not exist")
                        .withType("invalid_request_error")
                        .withParam("model")
                        .withCode("model_not_found")));
        return Answer.json(200, model(id, found), Work.NONE);
    }

    private static ObjectNode model(String id, Model model) {
        return Json.object()
                .put("id", id)
                .put("object", "model")
                .put("created", model.createdSeconds())
                .put("owned_by", model.owner())
                .put("context_window", model.contextTokens())
                .put("max_output_tokens", model.maxOutputTokens());
    }
}
