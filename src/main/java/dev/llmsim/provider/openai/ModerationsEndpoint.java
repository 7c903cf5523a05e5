package dev.llmsim.provider.openai;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.llmsim.provider.conversation.Usage;
import dev.llmsim.provider.simulation.Answer;
import dev.llmsim.provider.simulation.Call;
import dev.llmsim.provider.simulation.Engine;
import dev.llmsim.provider.simulation.Json;
import dev.llmsim.provider.simulation.Work;
import java.util.ArrayList;
import java.util.List;

/** Answers {@code POST /moderations}. */
final class ModerationsEndpoint {
    private static final String USUAL_MODEL = "omni-moderation-latest";
    private static final int MOST_INPUTS = 2048;

    private ModerationsEndpoint() {}

    /** What is judged together: a text, images, or both. */
    record Judged(String text, boolean hasText, boolean hasImage) {}

    static Answer answer(Call call) {
        Fields fields = Fields.of(call);
        String model = fields.text("model").orElse(USUAL_MODEL);
        List<Judged> inputs = inputs(fields);
        Engine engine = call.engine();
        ObjectNode json = Json.object()
                .put("id", engine.ids().alphanumeric("modr-", 29))
                .put("model", engine.answeredModel(model));
        ArrayNode results = json.putArray("results");
        int tokens = 0;
        for (Judged input : inputs) {
            results.add(ModerationResult.write(input, model));
            tokens += engine.tokens(model, input.text());
        }
        return Answer.json(200, json, new Work(model, new Usage(tokens, 0, 0, 0, 0), 0, false));
    }

    private static List<Judged> inputs(Fields fields) {
        JsonNode input = fields.at("input");
        if (input.isMissingNode()) {
            throw FieldErrors.missing("input");
        }
        if (input.isTextual()) {
            return List.of(new Judged(input.textValue(), true, false));
        }
        if (!input.isArray()) {
            throw FieldErrors.type("input", "one of a string, array of strings, or array of objects", input);
        }
        if (input.isEmpty()) {
            throw FieldErrors.emptyArray("input");
        }
        if (input.size() > MOST_INPUTS) {
            throw FieldErrors.longArray("input", MOST_INPUTS, input.size());
        }
        return input.path(0).isObject() ? List.of(parts(fields)) : texts(input);
    }

    private static List<Judged> texts(JsonNode input) {
        List<Judged> texts = new ArrayList<>();
        for (JsonNode text : input) {
            if (!text.isTextual()) {
                throw FieldErrors.type("input[" + texts.size() + "]", "a string", text);
            }
            texts.add(new Judged(text.textValue(), true, false));
        }
        return texts;
    }

    private static Judged parts(Fields fields) {
        List<String> texts = new ArrayList<>();
        boolean image = false;
        for (Fields part : fields.objects("input")) {
            if (part.requiredOneOf("type", List.of("text", "image_url")).equals("text")) {
                texts.add(part.requiredText("text"));
            } else {
                part.requiredObject("image_url").requiredText("url");
                image = true;
            }
        }
        return new Judged(String.join(" ", texts), !texts.isEmpty(), image);
    }
}
