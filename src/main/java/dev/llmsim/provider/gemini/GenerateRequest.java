package dev.llmsim.provider.gemini;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.llmsim.provider.conversation.Choice;
import dev.llmsim.provider.conversation.Content;
import dev.llmsim.provider.conversation.OutputForm;
import dev.llmsim.provider.conversation.Prompt;
import dev.llmsim.provider.conversation.Reply;
import dev.llmsim.provider.conversation.Sampling;
import dev.llmsim.provider.conversation.Thinking;
import dev.llmsim.provider.conversation.Tooling;
import dev.llmsim.provider.conversation.Turn;
import dev.llmsim.provider.simulation.ApiErrorException;
import dev.llmsim.provider.simulation.Json;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A request for contents.
 *
 * @param bareEnum whether the text, a JSON string, is wanted without its quotes
 */
record GenerateRequest(Prompt prompt, boolean bareEnum) {
    private static final Pattern EITHER_JSON_OR_TOOLS = Pattern.compile("gemini-[12].*");

    /**
     * Reads the body of one.
     *
     * @throws ApiErrorException with what the API says of the first field that is wrong
     */
    static GenerateRequest read(String model, Fields request) {
        List<Turn> turns = ContentsReader.read(request);
        Tooling tooling = ToolsReader.read(request);
        Fields config = request.object("generationConfig", "GenerationConfig")
                .orElseGet(() -> Fields.empty("generation_config"));
        Sampling sampling = SamplingReader.read(config);
        FormReader.Read form = FormReader.read(config);
        Thinking thinking = ThinkingReader.read(config, model);
        boolean both = !tooling.tools().isEmpty() && form.form() != OutputForm.TEXT;
        if (both && EITHER_JSON_OR_TOOLS.matcher(model).matches()) {
            throw Invalid.request("Function calling with a response mime type: "
                    + Json.text(config.at("responseMimeType")).replace('"', '\'') + " is unsupported");
        }
        return new GenerateRequest(new Prompt(model, turns, tooling, form.form(), sampling, thinking), form.bareEnum());
    }

    /** {@code reply} as this request wants it. */
    Reply shaped(Reply reply) {
        return bareEnum
                ? new Reply(
                        reply.choices().stream().map(GenerateRequest::unquoted).toList(), reply.usage())
                : reply;
    }

    private static Choice unquoted(Choice choice) {
        return new Choice(
                choice.contents().stream()
                        .map(content -> content instanceof Content.Text text ? unquoted(text) : content)
                        .toList(),
                choice.finish());
    }

    /** A string in one token; a text that is none, having been cut off, stays as it is. */
    private static Content unquoted(Content.Text text) {
        try {
            JsonNode value = Json.parse(text.text());
            return value.isTextual() ? new Content.Text(List.of(value.textValue())) : text;
        } catch (JsonProcessingException cutOff) {
            return text;
        }
    }
}
