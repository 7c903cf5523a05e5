package dev.llmsim.provider.geminicompatible;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.llmsim.provider.model.Model;
import dev.llmsim.provider.simulation.Answer;
import dev.llmsim.provider.simulation.ApiErrorException;
import dev.llmsim.provider.simulation.Call;
import dev.llmsim.provider.simulation.Json;
import dev.llmsim.provider.simulation.Work;

/** Answers {@code GET /models} and {@code GET /models/ID}: Gemini's list in OpenAI's form. */
final class ModelsEndpoint {
    private static final String LIST = "gemini-list";
    private static final String PREFIX = "models/";

    private ModelsEndpoint() {}

    static Answer list(Call call) {
        ObjectNode json = Json.object().put("object", "list");
        ArrayNode models = json.putArray("data");
        call.engine().models(LIST).forEach(model -> models.add(model(model)));
        return Answer.json(200, json, Work.NONE);
    }

    static Answer one(Call call) {
        String asked = call.variables().get(0);
        String id = asked.startsWith(PREFIX) ? asked.substring(PREFIX.length()) : asked;
        Model found = call.engine().models(LIST).stream()
                .filter(model -> model.id().equals(id) || model.aliases().contains(id))
                .findFirst()
                .orElseThrow(() -> new ApiErrorException(404, "Model is not found: " + PREFIX + id));
        return Answer.json(200, model(found), Work.NONE);
    }

    private static ObjectNode model(Model model) {
        return Json.object()
                .put("id", PREFIX + model.id())
                .put("object", "model")
                .put("created", model.createdSeconds())
                .put("owned_by", "google")
                .put("display_name", model.name());
    }
}
