package dev.llmsim.provider.cohere;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.llmsim.provider.conversation.Usage;
import dev.llmsim.provider.simulation.Answer;
import dev.llmsim.provider.simulation.Call;
import dev.llmsim.provider.simulation.Engine;
import dev.llmsim.provider.simulation.Json;
import dev.llmsim.provider.simulation.Work;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/** Answers {@code POST /v2/embed}: vectors of texts, in each of the number formats that the client wants. */
final class EmbedEndpoint {
    private static final int MOST_TEXTS = 96;
    private static final List<String> TYPES = List.of("float", "int8", "uint8", "binary", "ubinary", "base64");

    private EmbedEndpoint() {}

    static Answer answer(Call call) {
        Fields fields = Fields.of(call);
        String model = fields.requiredText("model");
        if (fields.text("input_type").isEmpty()) {
            throw Fields.invalid("valid input_type must be provided with the provided model");
        }
        List<String> texts = texts(fields);
        List<String> types = types(fields);
        Engine engine = call.engine();
        int dimensions = dimensions(fields, model);
        List<float[]> vectors = texts.stream()
                .map(text -> engine.embedding(model, text, dimensions))
                .toList();
        int tokens = texts.stream().mapToInt(text -> engine.tokens(model, text)).sum();
        ObjectNode json = Json.object().put("id", engine.ids().uuid());
        ArrayNode echoed = json.putArray("texts");
        texts.forEach(echoed::add);
        ObjectNode embeddings = json.putObject("embeddings");
        types.forEach(type -> vectors.forEach(vector -> add(embeddings.withArray(type), type, vector)));
        ObjectNode meta = json.putObject("meta");
        meta.putObject("api_version").put("version", "2");
        meta.putObject("billed_units").put("input_tokens", tokens).put("image_tokens", 0);
        json.put("response_type", "embeddings_by_type");
        return Answer.json(200, json, new Work(model, new Usage(tokens, 0, 0, 0, 0), 0, false));
    }

    /** {@code texts}, or the texts of {@code inputs}. */
    private static List<String> texts(Fields fields) {
        List<String> texts = new ArrayList<>(fields.texts("texts"));
        for (Fields input : fields.objects("inputs")) {
            input.objects("content").stream()
                    .filter(part -> part.text("type").equals("text"))
                    .forEach(part -> texts.add(part.requiredText("text")));
        }
        if (texts.isEmpty()) {
            throw Fields.invalid("at least one of texts, inputs or images must be provided.");
        }
        if (texts.size() > MOST_TEXTS) {
            throw Fields.invalid("cannot embed more than " + MOST_TEXTS + " texts in one call.");
        }
        return texts;
    }

    private static List<String> types(Fields fields) {
        List<String> types = fields.texts("embedding_types");
        for (String type : types) {
            if (!TYPES.contains(type)) {
                throw Fields.invalid("embedding_types must be one of " + String.join(", ", TYPES) + ".");
            }
        }
        return types.isEmpty() ? List.of("float") : types;
    }

    private static int dimensions(Fields fields, String model) {
        int usual = model.contains("light") ? 384 : model.contains("v3") ? 1024 : 1536;
        long wanted = fields.integer("output_dimension", 1).orElse(usual);
        if (wanted > usual) {
            throw Fields.invalid("output_dimension must be one of 256, 512, 1024, 1536.");
        }
        return (int) wanted;
    }

    private static void add(ArrayNode vectors, String type, float[] vector) {
        switch (type) {
            case "float" -> vectors.addPOJO(vector);
            case "base64" -> vectors.add(base64(vector));
            case "int8", "uint8" -> {
                ArrayNode numbers = vectors.addArray();
                int shift = type.equals("int8") ? 0 : 128;
                for (float number : vector) {
                    numbers.add(Math.max(-128, Math.min(127, Math.round(number * 127))) + shift);
                }
            }
            default -> addBits(vectors.addArray(), vector, type.equals("binary") ? 128 : 0);
        }
    }

    /** One bit a number: whether it is positive; {@code offset} is taken from each byte. */
    private static void addBits(ArrayNode bytes, float[] vector, int offset) {
        for (int i = 0; i < vector.length; i += Byte.SIZE) {
            int bits = 0;
            for (int j = i; j < i + Byte.SIZE; j++) {
                bits = bits << 1 | (j < vector.length && vector[j] > 0 ? 1 : 0);
            }
            bytes.add(bits - offset);
        }
    }

    /** Little-endian float32, one after the other. */
    private static String base64(float[] vector) {
        ByteBuffer bytes = ByteBuffer.allocate(vector.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(vector);
        return Base64.getEncoder().encodeToString(bytes.array());
    }
}
