package dev.llmsim.provider.openai;

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
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Base64;
import java.util.List;

/** Answers {@code POST /embeddings}. */
final class EmbeddingsEndpoint {
    private static final int MOST_INPUTS = 2048;
    private static final int MOST_TOKENS = 8192;

    private EmbeddingsEndpoint() {}

    static Answer answer(Call call) {
        Fields fields = Fields.of(call);
        String model = ChatReader.model(fields);
        List<TextInput> inputs = inputs(fields);
        boolean base64 = fields.oneOf("encoding_format", List.of("float", "base64"))
                .orElse("float")
                .equals("base64");
        int dimensions = EmbeddingSize.of(model).dimensions(fields);
        Engine engine = call.engine();
        int tokens = tokens(inputs, engine, model);
        ObjectNode json = Json.object().put("object", "list");
        ArrayNode data = json.putArray("data");
        for (TextInput input : inputs) {
            float[] vector = engine.embedding(model, input.text(), dimensions);
            ObjectNode one = data.addObject().put("object", "embedding").put("index", data.size() - 1);
            one.set("embedding", base64 ? base64(vector) : numbers(vector));
        }
        json.put("model", engine.answeredModel(model));
        json.putObject("usage").put("prompt_tokens", tokens).put("total_tokens", tokens);
        return Answer.json(200, json, new Work(model, new Usage(tokens, 0, 0, 0, 0), 0, false));
    }

    private static List<TextInput> inputs(Fields fields) {
        if (!fields.has("input")) {
            throw FieldErrors.missing("input");
        }
        List<TextInput> inputs = TextInput.read(fields, "input");
        if (inputs.isEmpty()) {
            throw FieldErrors.of("input", "Invalid 'input': input cannot be an empty array.");
        }
        if (inputs.size() > MOST_INPUTS) {
            throw FieldErrors.longArray("input", MOST_INPUTS, inputs.size());
        }
        for (int i = 0; i < inputs.size(); i++) {
            if (inputs.get(i).isEmpty()) {
                String name = fields.at("input").isTextual() ? "input" : "input[" + i + "]";
                throw FieldErrors.of("input", "Invalid '" + name + "': input cannot be an empty string.");
            }
        }
        return inputs;
    }

    private static int tokens(List<TextInput> inputs, Engine engine, String model) {
        int sum = 0;
        for (TextInput input : inputs) {
            int tokens = input.tokens(engine, model);
            if (tokens > MOST_TOKENS) {
                throw new ApiErrorException(
                        400,
                        "This model's maximum context length is " + MOST_TOKENS + " tokens, however you requested "
                                + tokens + " tokens (" + tokens
                                + " in your prompt; 0 for the completion). Please reduce your prompt; or completion"
                                + " length.");
            }
            sum += tokens;
        }
        return sum;
    }

    /** Written from the array itself: a node a number would take ten times the memory. */
    private static JsonNode numbers(float[] vector) {
        return Json.object().pojoNode(vector);
    }

    /** Little-endian float32, one after the other. */
    private static JsonNode base64(float[] vector) {
        ByteBuffer bytes = ByteBuffer.allocate(vector.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(vector);
        return Json.object().textNode(Base64.getEncoder().encodeToString(bytes.array()));
    }
}
