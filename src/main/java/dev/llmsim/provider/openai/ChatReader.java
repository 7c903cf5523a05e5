package dev.llmsim.provider.openai;

import dev.llmsim.provider.conversation.OutputForm;
import dev.llmsim.provider.conversation.Prompt;
import dev.llmsim.provider.conversation.Sampling;
import dev.llmsim.provider.conversation.Thinking;
import dev.llmsim.provider.conversation.Turn;
import dev.llmsim.provider.simulation.ApiErrorException;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;

/** Reads a request for chat completions. */
final class ChatReader {
    private static final List<String> EFFORTS = List.of("none", "minimal", "low", "medium", "high", "xhigh", "max");
    private static final List<String> TIERS = List.of("auto", "default", "fast", "flex", "priority", "scale");

    private ChatReader() {}

    /**
     * Reads the body of one.
     *
     * @throws ApiErrorException with what the API says of the first field that is wrong
     */
    static ChatRequest read(Fields fields) {
        String model = model(fields);
        if (!fields.has("messages")) {
            throw FieldErrors.missing("messages");
        }
        List<Turn> turns = new MessagesReader().read(fields.oneOrMore("messages"));
        Sampling sampling = SamplingReader.read(fields);
        ToolsReader.Read tools = ToolsReader.read(fields);
        OutputForm form = FormatReader.read(fields, turns);
        Prompt prompt = new Prompt(model, turns, tools.tooling(), form, sampling, thinking(fields));
        return new ChatRequest(prompt, tools.callForms(), streaming(fields), tier(fields));
    }

    /** The model that every request has to name. */
    static String model(Fields fields) {
        return fields.text("model")
                .filter(Predicate.not(String::isEmpty))
                .orElseThrow(() -> new ApiErrorException(400, "you must provide a model parameter"));
    }

    static ChatRequest.Streaming streaming(Fields fields) {
        boolean wanted = fields.flag("stream", false);
        Fields options = fields.object("stream_options").orElse(null);
        if (options == null) {
            return new ChatRequest.Streaming(wanted, false, fields.isStrict());
        }
        if (!wanted) {
            throw FieldErrors.of(
                    "stream_options", "The 'stream_options' parameter is only allowed when 'stream' is enabled.");
        }
        return new ChatRequest.Streaming(
                true, options.flag("include_usage", false), options.flag("include_obfuscation", fields.isStrict()));
    }

    private static Thinking thinking(Fields fields) {
        String effort = fields.oneOf("reasoning_effort", EFFORTS).orElse("");
        Thinking.Effort read = Thinking.Effort.DEFAULT;
        if (EFFORTS.contains(effort)) {
            read = effort.equals("max")
                    ? Thinking.Effort.XHIGH
                    : Thinking.Effort.valueOf(effort.toUpperCase(Locale.ROOT));
        }
        return new Thinking(read, Thinking.Summary.NONE, -1);
    }

    /** The real service names the tier that was asked for, and {@code default} for {@code auto}. */
    private static String tier(Fields fields) {
        String tier = fields.oneOf("service_tier", TIERS).orElse("auto");
        return tier.equals("auto") ? "default" : tier;
    }
}
