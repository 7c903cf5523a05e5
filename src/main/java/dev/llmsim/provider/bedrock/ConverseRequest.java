package dev.llmsim.provider.bedrock;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.llmsim.provider.conversation.OutputForm;
import dev.llmsim.provider.conversation.Prompt;
import dev.llmsim.provider.conversation.Sampling;
import dev.llmsim.provider.conversation.Thinking;
import dev.llmsim.provider.conversation.Tooling;
import dev.llmsim.provider.conversation.Turn;
import dev.llmsim.provider.simulation.ApiErrorException;
import dev.llmsim.provider.simulation.Json;
import java.util.List;
import java.util.Optional;

/**
 * A request for a message.
 *
 * @param thinks whether thoughts are part of the answer
 * @param tellsStop whether the client wants to know the stop sequence that ended the answer
 */
record ConverseRequest(ModelId model, Prompt prompt, boolean thinks, Caching caching, boolean tellsStop) {
    private static final String STOP_SEQUENCE = "/stop_sequence";

    /**
     * Reads the body of one.
     *
     * @throws ApiErrorException with what the API says of the first field that is wrong
     */
    static ConverseRequest read(ModelId model, Fields request) {
        if (!request.has("messages")) {
            throw Invalid.missing("messages");
        }
        Sampling sampling = sampling(request);
        List<Turn> turns = new TurnsReader().read(request);
        Tooling tooling = ToolsReader.read(request, turns);
        Thinking thinking = new ThinkingReader(model, sampling.maxTokens()).read(request, tooling.choice());
        Prompt prompt = new Prompt(model.id(), turns, tooling, form(request), sampling, thinking);
        return new ConverseRequest(
                model,
                prompt,
                thinking.effort() != Thinking.Effort.NONE,
                Caching.of(request.node()),
                request.texts("additionalModelResponseFieldPaths").contains(STOP_SEQUENCE));
    }

    private static Sampling sampling(Fields request) {
        Fields config = request.object("inferenceConfig").orElse(null);
        if (config == null) {
            return Sampling.DEFAULT;
        }
        config.fraction("temperature");
        config.fraction("topP");
        List<String> stops = config.texts("stopSequences");
        if (stops.contains("")) {
            throw Invalid.constraint(
                    "''", config.path("stopSequences") + ".1.member", "have length greater than or equal to 1");
        }
        return new Sampling(config.integer("maxTokens", 1), stops, 1, Sampling.DEFAULT.seed(), -1);
    }

    private static OutputForm form(Fields request) {
        Optional<Fields> format = request.object("outputConfig").flatMap(config -> config.object("textFormat"));
        if (format.isEmpty()) {
            return OutputForm.TEXT;
        }
        String schema = format.get()
                .requiredObject("structure")
                .requiredObject("jsonSchema")
                .requiredText("schema");
        try {
            JsonNode parsed = Json.parse(schema);
            return new OutputForm.Schema(parsed);
        } catch (JsonProcessingException notJson) {
            throw Invalid.of("The schema at outputConfig.textFormat.structure.jsonSchema.schema is not valid JSON: "
                    + notJson.getOriginalMessage());
        }
    }
}
