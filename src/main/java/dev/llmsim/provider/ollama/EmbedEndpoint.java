package dev.llmsim.provider.ollama;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.llmsim.provider.conversation.Usage;
import dev.llmsim.provider.simulation.Answer;
import dev.llmsim.provider.simulation.ApiErrorException;
import dev.llmsim.provider.simulation.Call;
import dev.llmsim.provider.simulation.Engine;
import dev.llmsim.provider.simulation.Json;
import dev.llmsim.provider.simulation.Work;
import java.util.ArrayList;
import java.util.List;

/** Answers {@code POST /api/embed}, and its older form {@code POST /api/embeddings}. */
final class EmbedEndpoint {
    /** A bound of our own: the answer is thousands of numbers for each. */
    private static final int MOST_INPUTS = 4096;

    private EmbedEndpoint() {}

    static Answer answer(Call call) {
        Fields fields = Fields.of(call, "EmbedRequest");
        String model = ModelReader.read(fields);
        List<String> inputs = inputs(fields);
        int dimensions = dimensions(fields, model);
        Engine engine = call.engine();
        ObjectNode json = Json.object().put("model", model);
        ArrayNode embeddings = json.putArray("embeddings");
        int tokens = 0;
        for (String input : inputs) {
            embeddings.add(json.pojoNode(engine.embedding(model, input, dimensions)));
            tokens += engine.tokens(model, input);
        }
        Work work = new Work(model, new Usage(tokens, 0, 0, 0, 0), 0, false);
        if (!inputs.isEmpty()) {
            Metrics metrics = new Metrics(engine, work);
            json.put("total_duration", metrics.totalNanos())
                    .put("load_duration", metrics.loadNanos())
                    .put("prompt_eval_count", tokens);
        }
        return OllamaSurface.json(json, work);
    }

    static Answer legacy(Call call) {
        Fields fields = Fields.of(call, "EmbeddingRequest");
        String model = ModelReader.read(fields);
        String text = fields.text("prompt");
        ObjectNode json = Json.object();
        if (text.isEmpty()) {
            json.putArray("embedding");
            return OllamaSurface.json(json, Work.NONE);
        }
        Engine engine = call.engine();
        json.putPOJO(
                "embedding", engine.embedding(model, text, LocalModel.of(model).dimensions()));
        return OllamaSurface.json(json, new Work(model, new Usage(engine.tokens(model, text), 0, 0, 0, 0), 0, false));
    }

    private static List<String> inputs(Fields fields) {
        JsonNode input = fields.at("input");
        List<String> inputs = new ArrayList<>();
        if (input.isTextual()) {
            return input.textValue().isEmpty() ? inputs : List.of(input.textValue());
        }
        if (!input.isMissingNode() && !input.isArray()) {
            throw wrongInput();
        }
        if (input.size() > MOST_INPUTS) {
            throw new ApiErrorException(
                    400,
                    "input: " + input.size() + " texts (expected: at most " + MOST_INPUTS + "; send fewer at a time)");
        }
        for (JsonNode text : input) {
            if (!text.isTextual()) {
                throw wrongInput();
            }
            inputs.add(text.textValue());
        }
        return inputs;
    }

    private static ApiErrorException wrongInput() {
        return new ApiErrorException(400, "invalid input type");
    }

    /** Fewer than the model has, where the client wants that. */
    private static int dimensions(Fields fields, String model) {
        int wanted = fields.integer("dimensions");
        int most = LocalModel.of(model).dimensions();
        return wanted > 0 ? Math.min(wanted, most) : most;
    }
}
