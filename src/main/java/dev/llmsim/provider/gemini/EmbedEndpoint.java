package dev.llmsim.provider.gemini;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.llmsim.provider.conversation.Part;
import dev.llmsim.provider.conversation.Role;
import dev.llmsim.provider.conversation.Turn;
import dev.llmsim.provider.conversation.Usage;
import dev.llmsim.provider.simulation.Answer;
import dev.llmsim.provider.simulation.Call;
import dev.llmsim.provider.simulation.Engine;
import dev.llmsim.provider.simulation.Json;
import dev.llmsim.provider.simulation.Work;
import java.util.List;

/** Answers {@code :embedContent} and {@code :batchEmbedContents}. */
final class EmbedEndpoint {
    private static final int MOST_REQUESTS = 100;
    private static final int MOST_DIMENSIONS = 3072;
    private static final int SMALL_DIMENSIONS = 768;

    private EmbedEndpoint() {}

    /** A text, and how many numbers are wanted of it. */
    private record Wanted(String text, int dimensions) {}

    static Answer one(Call call) {
        String model = call.variables().get(0);
        Wanted wanted = wanted(Fields.of(call), model, "EmbedContentRequest");
        ObjectNode json = Json.object();
        json.set("embedding", embedding(wanted, model, call.engine()));
        return answer(json, model, List.of(wanted), call.engine());
    }

    static Answer batch(Call call) {
        String model = call.variables().get(0);
        List<Fields> requests = Fields.of(call).objects("requests", "EmbedContentRequest");
        if (requests.isEmpty() || requests.size() > MOST_REQUESTS) {
            throw Invalid.request("* BatchEmbedContentsRequest.requests: "
                    + (requests.isEmpty()
                            ? "requests is not specified\n"
                            : "at most " + MOST_REQUESTS + " requests can be in one batch\n"));
        }
        List<Wanted> wanted = requests.stream()
                .map(request -> wanted(request, model, "BatchEmbedContentsRequest"))
                .toList();
        ObjectNode json = Json.object();
        ArrayNode embeddings = json.putArray("embeddings");
        wanted.forEach(one -> embeddings.add(embedding(one, model, call.engine())));
        return answer(json, model, wanted, call.engine());
    }

    private static Wanted wanted(Fields request, String model, String message) {
        List<Part> parts =
                request.object("content", "Content").map(ContentsReader::parts).orElse(List.of());
        if (parts.isEmpty()) {
            throw Invalid.request("* " + message + "." + request.path("content") + ": content is not specified\n");
        }
        boolean isSmall =
                model.contains("embedding-004") || model.endsWith("/embedding-001") || model.equals("embedding-001");
        int usual = isSmall ? SMALL_DIMENSIONS : MOST_DIMENSIONS;
        long dimensions = request.integer("outputDimensionality").orElse(usual);
        if (dimensions < 1 || dimensions > usual) {
            throw Invalid.request("* " + message + "." + request.path("outputDimensionality")
                    + ": output_dimensionality must be in the range [1, " + usual + "].\n");
        }
        return new Wanted(new Turn(Role.USER, parts).text(), (int) dimensions);
    }

    /** Written from the array itself: a node a number would take ten times the memory. */
    private static ObjectNode embedding(Wanted wanted, String model, Engine engine) {
        ObjectNode json = Json.object();
        float[] vector = engine.embedding(model, wanted.text(), wanted.dimensions());
        return json.set("values", json.pojoNode(vector));
    }

    private static Answer answer(ObjectNode json, String model, List<Wanted> wanted, Engine engine) {
        int tokens = wanted.stream()
                .mapToInt(one -> engine.tokens(model, one.text()))
                .sum();
        Work work = new Work(model, new Usage(tokens, 0, 0, 0, 0), 0, false);
        return Answer.body(200, GeminiSurface.JSON, Json.write(json), work);
    }
}
