package dev.llmsim.synth;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.llmsim.provider.conversation.Choice;
import dev.llmsim.provider.conversation.Content;
import dev.llmsim.provider.conversation.Finish;
import dev.llmsim.provider.conversation.OutputForm;
import dev.llmsim.provider.conversation.Prompt;
import dev.llmsim.provider.conversation.Thinking;
import dev.llmsim.provider.conversation.Tool;
import dev.llmsim.provider.model.Model;
import dev.llmsim.provider.simulation.ApiError;
import dev.llmsim.provider.simulation.ApiErrorException;
import dev.llmsim.provider.simulation.Json;
import dev.llmsim.synth.schema.JsonSample;
import dev.llmsim.synth.schema.NoSuchValueException;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Supplier;

/** Writes one choice of an answer. */
final class Drafting {
    /** Of models that are not in the catalogue: as many as the largest there. */
    private static final int MAX_TOKENS = 131_072;

    private final SynthSettings settings;
    private final Generator.Question question;
    private final Supplier<String> callIds;
    private final Prompt prompt;
    private final String model;

    Drafting(SynthSettings settings, Generator.Question question, Supplier<String> callIds) {
        this.settings = settings;
        this.question = question;
        this.callIds = callIds;
        this.prompt = question.prompt();
        this.model = prompt.model();
    }

    Choice choice(SplittableRandom random) {
        List<Content> shown = new ArrayList<>();
        for (Tool tool : ToolDecision.of(prompt, settings.tools())) {
            String arguments = Json.text(arguments(tool, random.split()));
            shown.add(new Content.ToolCall(callIds.get(), tool.name(), Tokens.pieces(model, arguments)));
        }
        if (!shown.isEmpty()) {
            return limited(shown, Finish.TOOL_CALLS, random);
        }
        Cut.Ended text = Cut.atStops(text(random), prompt.sampling().stops());
        shown.add(new Content.Text(Tokens.pieces(model, text.text())));
        return limited(shown, text.finish(), random);
    }

    /** An object, also where the schema would allow anything. */
    private static JsonNode arguments(Tool tool, SplittableRandom random) {
        JsonNode arguments = sample(tool.parameters(), "function '" + tool.name() + "'", random);
        return arguments.isObject() ? arguments : Json.object();
    }

    private String text(SplittableRandom random) {
        if (prompt.form() instanceof OutputForm.Schema form) {
            return Json.text(sample(form.schema(), "response_format", random));
        }
        String text = settings.generator().text(question, random);
        return prompt.form() instanceof OutputForm.Json && !isJsonObject(text)
                ? Json.text(Json.object().put("answer", text))
                : text;
    }

    private static boolean isJsonObject(String text) {
        try {
            return text.startsWith("{") && Json.parse(text).isObject();
        } catch (JsonProcessingException notJson) {
            return false;
        }
    }

    private static JsonNode sample(JsonNode schema, String place, SplittableRandom random) {
        try {
            return schema.isMissingNode() || schema.isNull() ? Json.object() : JsonSample.draw(schema, random);
        } catch (NoSuchValueException none) {
            throw new ApiErrorException(ApiError.of(
                            400,
                            "Invalid schema for " + place + ": no value can be generated, " + none.getMessage() + ".")
                    .withType("invalid_request_error"));
        }
    }

    /** Thoughts are paid for first: what they leave of the limit is for what is shown. */
    private Choice limited(List<Content> shown, Finish finish, SplittableRandom random) {
        int shownTokens =
                shown.stream().mapToInt(content -> content.tokens().size()).sum();
        int limit = mostTokens();
        Content.Thought thought = thought(shownTokens, limit, random);
        int left = limit - thought.hiddenTokens();
        List<Content> contents = new ArrayList<>();
        if (thought.hiddenTokens() > 0) {
            contents.add(thought);
        }
        contents.addAll(shownTokens <= left ? shown : Cut.atTokens(shown, left));
        return new Choice(contents, shownTokens <= left ? finish : Finish.LENGTH);
    }

    /** As asked, and no more than the model can say, unless longer answers were configured. */
    private int mostTokens() {
        int able = settings.catalogue()
                .find(model)
                .map(Model::maxOutputTokens)
                .filter(tokens -> tokens > 0)
                .orElse(MAX_TOKENS);
        int most = settings.targetTokens() > able ? Integer.MAX_VALUE : able;
        int asked = prompt.sampling().maxTokens();
        return asked < 0 ? most : Math.min(asked, most);
    }

    private Content.Thought thought(int shownTokens, int limit, SplittableRandom random) {
        Thinking thinking = prompt.thinking();
        int tokens = Math.min(limit, Reasoning.tokens(model, thinking, shownTokens));
        if (tokens <= 0) {
            return new Content.Thought(List.of(), 0);
        }
        if (Reasoning.isShown(model, thinking)) {
            List<String> thoughts = Tokens.pieces(model, Words.lorem(random, tokens));
            List<String> shown = thoughts.subList(0, Math.min(tokens, thoughts.size()));
            return new Content.Thought(shown, shown.size());
        }
        int words = Reasoning.summaryWords(thinking.summary(), tokens);
        return new Content.Thought(words == 0 ? List.of() : Tokens.pieces(model, Words.lorem(random, words)), tokens);
    }
}
