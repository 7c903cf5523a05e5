package dev.llmsim.provider.bedrock;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.llmsim.provider.conversation.Usage;
import dev.llmsim.provider.simulation.Answer;
import dev.llmsim.provider.simulation.Json;
import dev.llmsim.provider.simulation.Work;
import java.util.List;

/** Answers with embeddings of texts, in the formats of their families. */
final class EmbeddingBodies {
    private static final int TITAN_1 = 1536;
    private static final List<Integer> TITAN_2 = List.of(1024, 512, 256);
    private static final List<Integer> NOVA = List.of(3072, 1024, 384, 256);
    private static final int COHERE = 1024;
    private static final int COHERE_4 = 1536;

    private EmbeddingBodies() {}

    static Answer titan(Invocation asked) {
        refuseStream(asked);
        String text = asked.body().requiredText("inputText");
        boolean isFirst =
                asked.model().contains("embed-text-v1") || asked.model().contains("embed-g1");
        int dimensions = isFirst ? TITAN_1 : dimensions(asked.body(), "dimensions", TITAN_2);
        JsonNode vector = vector(asked, text, dimensions);
        ObjectNode json = Json.object();
        json.set("embedding", vector);
        if (!isFirst) {
            json.putObject("embeddingsByType").set("float", vector);
        }
        int tokens = tokens(asked, text);
        return answer(asked, json.put("inputTextTokenCount", tokens), tokens);
    }

    static Answer nova(Invocation asked) {
        refuseStream(asked);
        Fields parameters = asked.body().requiredObject("singleEmbeddingParams");
        Fields text = parameters
                .object("text")
                .orElseThrow(() -> Invalid.of("llmsim simulates the embeddings of texts: singleEmbeddingParams.text is"
                        + " missing. Other media can be recorded from the provider (llmsim record)."));
        String value = text.requiredText("value");
        ObjectNode json = Json.object();
        ObjectNode one = json.putArray("embeddings").addObject();
        one.set("embedding", vector(asked, value, dimensions(parameters, "embeddingDimension", NOVA)));
        one.put("embeddingType", "TEXT");
        return answer(asked, json, tokens(asked, value));
    }

    static Answer cohere(Invocation asked) {
        refuseStream(asked);
        asked.body().requiredText("input_type");
        if (!asked.body().has("texts")) {
            throw Invalid.missing("texts");
        }
        List<String> texts = asked.body().texts("texts");
        int dimensions = asked.body().integer("output_dimension", 1);
        if (dimensions < 0) {
            dimensions = asked.model().contains("embed-v4") ? COHERE_4 : COHERE;
        }
        ArrayNode vectors = Json.object().arrayNode();
        int tokens = 0;
        for (String text : texts) {
            vectors.add(vector(asked, text, dimensions));
            tokens += tokens(asked, text);
        }
        ObjectNode json = Json.object();
        boolean byType = asked.body().has("embedding_types");
        if (byType) {
            json.putObject("embeddings").set("float", vectors);
        } else {
            json.set("embeddings", vectors);
        }
        json.put("id", asked.engine().ids().uuid());
        json.put("response_type", byType ? "embeddings_by_type" : "embeddings_floats");
        texts.forEach(json.putArray("texts")::add);
        return answer(asked, json, tokens);
    }

    private static void refuseStream(Invocation asked) {
        if (asked.streamed()) {
            throw Invalid.of("The model is unsupported for streaming.");
        }
    }

    /** The first of those that are supported, where the client names none. */
    private static int dimensions(Fields fields, String name, List<Integer> supported) {
        int dimensions = fields.integer(name, 1);
        if (dimensions >= 0 && !supported.contains(dimensions)) {
            throw Invalid.value(
                    String.valueOf(dimensions),
                    fields.path(name),
                    supported.stream().map(String::valueOf).toList());
        }
        return dimensions < 0 ? supported.get(0) : dimensions;
    }

    private static JsonNode vector(Invocation asked, String text, int dimensions) {
        return Json.object().pojoNode(asked.engine().embedding(asked.model().id(), text, dimensions));
    }

    private static int tokens(Invocation asked, String text) {
        return asked.engine().tokens(asked.model().id(), text);
    }

    private static Answer answer(Invocation asked, ObjectNode json, int tokens) {
        Usage usage = new Usage(tokens, 0, 0, 0, 0);
        return asked.whole(json, new Work(asked.model().id(), usage, 0, false), usage);
    }
}
