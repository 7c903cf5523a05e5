package dev.llmsim.provider.gemini;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.llmsim.provider.PathSegments;
import dev.llmsim.provider.model.Model;
import dev.llmsim.provider.simulation.Answer;
import dev.llmsim.provider.simulation.ApiErrorException;
import dev.llmsim.provider.simulation.Call;
import dev.llmsim.provider.simulation.Json;
import dev.llmsim.provider.simulation.Work;
import java.util.List;

/** Answers {@code GET /models}, in pages, and {@code GET /models/ID}. */
final class ModelsEndpoint {
    private static final String LIST = "gemini-list";
    private static final int USUAL_PAGE = 50;
    private static final int LARGEST_PAGE = 1000;

    private ModelsEndpoint() {}

    static Answer list(Call call) {
        List<Model> all = call.engine().models(LIST);
        Query query = Query.of(call.request());
        int size = Math.min(number(query, "pageSize"), LARGEST_PAGE);
        int from = Math.min(number(query, "pageToken"), all.size());
        int to = Math.min(all.size(), from + (size == 0 ? USUAL_PAGE : size));
        ObjectNode json = Json.object();
        ArrayNode models = json.putArray("models");
        all.subList(from, to).forEach(model -> models.add(model(model.id(), model)));
        if (to < all.size()) {
            json.put("nextPageToken", Integer.toString(to));
        }
        return Answer.body(200, GeminiSurface.JSON, Json.write(json), Work.NONE);
    }

    private static int number(Query query, String name) {
        String text =
                query.first(name).or(() -> query.first(Fields.snake(name))).orElse("");
        if (text.isEmpty()) {
            return 0;
        }
        if (!text.matches("[0-9]{1,9}")) {
            throw Invalid.value(Fields.snake(name), "TYPE_INT32", Json.object().textNode(text));
        }
        return Integer.parseInt(text);
    }

    /** One of the list, by its id or another id of it. */
    static Answer one(Call call) {
        String id = call.variables().get(0);
        Model found = call.engine().models(LIST).stream()
                .filter(model -> model.id().equals(id) || model.aliases().contains(id))
                .findFirst()
                .orElseThrow(() -> new ApiErrorException(
                        404,
                        "models/" + id + " is not found for API version " + version(call)
                                + ", or is not supported for generateContent. Call ListModels to see the list of"
                                + " available models and their supported methods."));
        return Answer.body(200, GeminiSurface.JSON, Json.write(model(id, found)), Work.NONE);
    }

    private static String version(Call call) {
        return PathSegments.of(call.request().path()).stream()
                .filter(segment -> segment.matches("v[0-9][a-z0-9]*"))
                .findFirst()
                .orElse("v1beta");
    }

    private static ObjectNode model(String id, Model model) {
        ObjectNode json = Json.object()
                .put("name", "models/" + id)
                .put("version", "001")
                .put("displayName", model.name())
                .put("description", model.name() + ", simulated by llmsim")
                .put("inputTokenLimit", model.contextTokens())
                .put("outputTokenLimit", model.maxOutputTokens());
        ArrayNode methods = json.putArray("supportedGenerationMethods");
        if (model.can(Model.Capability.EMBEDDING)) {
            methods.add("embedContent").add("countTokens");
            return json;
        }
        methods.add("generateContent").add("countTokens");
        json.put("temperature", 1).put("topP", 0.95).put("topK", 64).put("maxTemperature", 2);
        return model.can(Model.Capability.REASONING) ? json.put("thinking", true) : json;
    }
}
