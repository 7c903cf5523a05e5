package dev.llmsim.provider.openai.responses;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.llmsim.provider.conversation.Sampling;
import dev.llmsim.provider.conversation.Thinking;
import dev.llmsim.provider.openai.FieldErrors;
import dev.llmsim.provider.openai.Fields;
import dev.llmsim.provider.simulation.ApiError;
import dev.llmsim.provider.simulation.ApiErrorException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;

/** Reads a request for a response, its fields in the order in which the service finds fault with them. */
final class CreateReader {
    static final String LOGPROBS = "message.output_text.logprobs";
    static final String ENCRYPTED = "reasoning.encrypted_content";

    private static final List<String> INCLUDABLE = List.of(
            "file_search_call.results",
            "web_search_call.results",
            "web_search_call.action.sources",
            "message.input_image.image_url",
            "computer_call_output.output.image_url",
            "code_interpreter_call.outputs",
            ENCRYPTED,
            LOGPROBS);
    private static final List<String> TIERS = List.of("auto", "default", "fast", "flex", "priority");
    private static final int LEAST_OUTPUT_TOKENS = 16;
    private static final int MOST_LOGPROBS = 20;

    private final Fields body;
    private final ItemsReader items;
    private final boolean answers;

    /** @param answers whether a response is made; else the input may be absent */
    CreateReader(Fields body, ItemsReader items, boolean answers) {
        this.body = body;
        this.items = items;
        this.answers = answers;
    }

    /** @throws ApiErrorException with what the API says of the first field that is wrong */
    CreateRequest read() {
        String model = model(body);
        requireInput();
        ChatFields.refuse(body);
        List<ObjectNode> input = items.read(body);
        String previous = body.text("previous_response_id").orElse("");
        body.object("prompt");
        Set<String> include = include();
        Tools tools = ToolsReader.read(body);
        Metadata.check(body);
        TextReader.Text text = TextReader.read(body);
        checkRanges();
        CreateRequest.Delivery delivery = delivery();
        int most = maxOutputTokens();
        body.integer("max_tool_calls", 1, Integer.MAX_VALUE);
        Thinking thinking = ReasoningReader.read(body);
        checkRest();
        int top = topLogprobs(include);
        Sampling sampling = new Sampling(most, List.of(), 1, seed(), top);
        return new CreateRequest(
                body.node(), model, input, previous, tools, text, sampling, thinking, include, delivery);
    }

    /** The model that every request has to name. */
    static String model(Fields body) {
        if (body.node().path("model").isNull()) {
            throw Errors.nullType("model");
        }
        String model = body.requiredText("model");
        if (model.isEmpty()) {
            throw FieldErrors.of("model", "model_not_found", "The requested model '' does not exist.");
        }
        return model;
    }

    private void requireInput() {
        if (!body.isStrict() || !answers) {
            return;
        }
        if (!body.node().has("input")) {
            throw FieldErrors.missing("input");
        }
        if (!body.has("input")) {
            throw Errors.nullType("input");
        }
    }

    /** What has to be said where nothing is: found last of all. */
    static ApiErrorException nothingAsked() {
        return new ApiErrorException(ApiError.of(
                        400,
                        "One of \"input\" or \"previous_response_id\" or 'prompt' or 'conversation' must be"
                                + " provided.")
                .withCode("missing_required_parameter"));
    }

    private Set<String> include() {
        JsonNode member = body.at("include");
        if (member.isMissingNode()) {
            return Set.of();
        }
        if (!member.isArray()) {
            throw Errors.type(
                    "include",
                    "an array of one of 'fil...lts', 'web...lts', 'web...ces', 'mes...url', 'com...url', 'cod...uts',"
                            + " 'rea...ent', or 'mes...obs'",
                    member);
        }
        Set<String> include = new LinkedHashSet<>();
        for (JsonNode one : member) {
            if (body.isStrict() && !INCLUDABLE.contains(one.asText())) {
                throw FieldErrors.value("include[" + include.size() + "]", one.asText(), INCLUDABLE);
            }
            include.add(one.asText());
        }
        return include;
    }

    private void checkRanges() {
        body.decimal("temperature", 0, 2);
        body.decimal("top_p", 0, 1);
        body.decimal("presence_penalty", -2, 2);
        body.decimal("frequency_penalty", -2, 2);
    }

    private CreateRequest.Delivery delivery() {
        boolean streamed = body.flag("stream", false);
        boolean obfuscated = body.object("stream_options")
                .map(options -> options.flag("include_obfuscation", true))
                .orElse(true);
        boolean background = body.flag("background", false);
        boolean stored = body.flag("store", true);
        return new CreateRequest.Delivery(streamed, obfuscated, stored, background, body.flag("generate", true));
    }

    private int maxOutputTokens() {
        OptionalInt most =
                body.integer("max_output_tokens", body.isStrict() ? LEAST_OUTPUT_TOKENS : 1, Integer.MAX_VALUE);
        return most.orElse(-1);
    }

    private void checkRest() {
        body.text("user");
        body.text("safety_identifier");
        body.object("prompt_cache_options");
        body.text("prompt_cache_key");
        body.oneOf("prompt_cache_retention", List.of("in_memory", "24h"));
        body.oneOf("truncation", List.of("auto", "disabled"));
        body.text("instructions");
        body.oneOf("service_tier", TIERS);
        if (body.flag("background", false) && !body.flag("store", true)) {
            throw FieldErrors.of("background", "Background mode requires 'store' to be true.");
        }
    }

    private int topLogprobs(Set<String> include) {
        OptionalInt top = body.integer("top_logprobs", 0, MOST_LOGPROBS);
        boolean wanted = include.contains(LOGPROBS) || top.orElse(0) > 0;
        return wanted ? top.orElse(0) : -1;
    }

    /** Other services of this shape may take one. */
    private OptionalLong seed() {
        return body.isStrict() ? OptionalLong.empty() : body.integer("seed", Long.MIN_VALUE, Long.MAX_VALUE);
    }
}
