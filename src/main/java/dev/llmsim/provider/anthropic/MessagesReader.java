package dev.llmsim.provider.anthropic;

import com.fasterxml.jackson.databind.JsonNode;
import dev.llmsim.exchange.Request;
import dev.llmsim.provider.anthropic.MessagesRequest.Caching;
import dev.llmsim.provider.conversation.OutputForm;
import dev.llmsim.provider.conversation.Part;
import dev.llmsim.provider.conversation.Prompt;
import dev.llmsim.provider.conversation.Role;
import dev.llmsim.provider.conversation.Sampling;
import dev.llmsim.provider.conversation.Thinking;
import dev.llmsim.provider.conversation.Tooling;
import dev.llmsim.provider.conversation.Turn;
import dev.llmsim.provider.simulation.ApiErrorException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads a request for a message, or for its number of tokens. */
final class MessagesReader {
    private final Fields fields;
    private final ApiVersion version;

    private MessagesReader(Request request) {
        fields = Fields.of(request.body());
        version = ApiVersion.of(request);
    }

    /**
     * Reads one that asks for a message.
     *
     * @throws ApiErrorException with what the API says of the first field that is wrong
     */
    static MessagesRequest read(Request request) {
        MessagesReader reader = new MessagesReader(request);
        String model = reader.model();
        if (!reader.fields.has("max_tokens")) {
            throw FieldErrors.missing("max_tokens");
        }
        int maxTokens = reader.fields.integer("max_tokens", 1).orElseThrow();
        return reader.read(model, maxTokens);
    }

    /** Reads one that asks for the number of tokens alone, so that it has no limit. */
    static MessagesRequest readUncapped(Request request) {
        MessagesReader reader = new MessagesReader(request);
        return reader.read(reader.model(), -1);
    }

    private MessagesRequest read(String model, int maxTokens) {
        version.check(fields);
        Sampling sampling = sampling(maxTokens);
        checkRest();
        List<Turn> turns = new ArrayList<>(system());
        turns.addAll(messages());
        Thinking thinking = new ThinkingReader(fields).read(maxTokens);
        Tooling tooling = new ToolsReader(fields).read();
        Prompt prompt = new Prompt(model, turns, tooling, form(), sampling, thinking);
        boolean thinks = thinking.effort() != Thinking.Effort.NONE;
        return new MessagesRequest(prompt, fields.flag("stream"), thinks, caching(fields.node()));
    }

    private String model() {
        String model = fields.requiredText("model");
        if (model.isEmpty()) {
            throw FieldErrors.at("model", "String should have at least 1 character");
        }
        return model;
    }

    private List<Turn> messages() {
        if (!fields.has("messages")) {
            throw FieldErrors.missing("messages");
        }
        return new TurnsReader(version).read(fields.objects("messages"));
    }

    private List<Turn> system() {
        if (!fields.has("system")) {
            return List.of();
        }
        JsonNode system = fields.at("system");
        List<Part> parts = new ArrayList<>();
        if (system.isTextual()) {
            parts.add(new Part.Text(system.textValue()));
        } else {
            for (Fields block : fields.objects("system")) {
                block.oneOf("type", List.of("text"));
                parts.add(new Part.Text(block.requiredText("text")));
            }
        }
        return List.of(new Turn(Role.SYSTEM, parts));
    }

    private Sampling sampling(int maxTokens) {
        fields.number("temperature", 0, 1);
        fields.number("top_p", 0, 1);
        fields.number("top_k", 0, Integer.MAX_VALUE);
        List<String> stops = fields.texts("stop_sequences");
        if (stops.stream().anyMatch(String::isBlank)) {
            throw FieldErrors.at("stop_sequences", "each stop sequence must contain non-whitespace");
        }
        return new Sampling(maxTokens, stops, 1, Sampling.DEFAULT.seed(), -1);
    }

    /** Reads what changes nothing in an answer, only to see whether it is right. */
    private void checkRest() {
        fields.object("metadata").ifPresent(metadata -> metadata.text("user_id"));
        fields.oneOf("service_tier", List.of("auto", "standard_only"));
    }

    private OutputForm form() {
        Optional<Fields> format = fields.object("output_config").flatMap(config -> config.object("format"));
        if (format.isEmpty()) {
            format = fields.object("output_format");
        }
        if (format.isEmpty()) {
            return OutputForm.TEXT;
        }
        format.get().requiredText("type");
        format.get().oneOf("type", List.of("json_schema"));
        return new OutputForm.Schema(format.get().requiredObject("schema").node());
    }

    /** What the client set anywhere in its request: on the request, a tool, the system prompt, a block. */
    private static Caching caching(JsonNode body) {
        Caching caching = ofBlock(body);
        for (String name : List.of("tools", "system", "messages")) {
            for (JsonNode block : body.path(name)) {
                caching = longer(caching, ofBlocks(block));
            }
        }
        return caching;
    }

    private static Caching ofBlocks(JsonNode block) {
        Caching caching = ofBlock(block);
        for (JsonNode nested : block.path("content")) {
            caching = longer(caching, ofBlock(nested));
            for (JsonNode deepest : nested.path("content")) {
                caching = longer(caching, ofBlock(deepest));
            }
        }
        return caching;
    }

    private static Caching ofBlock(JsonNode block) {
        JsonNode control = block.path("cache_control");
        if (!control.isObject()) {
            return Caching.NONE;
        }
        return control.path("ttl").asText().equals("1h") ? Caching.ONE_HOUR : Caching.FIVE_MINUTES;
    }

    private static Caching longer(Caching one, Caching other) {
        return one.compareTo(other) < 0 ? other : one;
    }
}
