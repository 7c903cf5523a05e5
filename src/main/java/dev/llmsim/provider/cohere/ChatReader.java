package dev.llmsim.provider.cohere;

import dev.llmsim.provider.conversation.OutputForm;
import dev.llmsim.provider.conversation.Prompt;
import dev.llmsim.provider.conversation.Sampling;
import dev.llmsim.provider.conversation.Thinking;
import dev.llmsim.provider.conversation.Tool;
import dev.llmsim.provider.conversation.ToolChoice;
import dev.llmsim.provider.conversation.Tooling;
import dev.llmsim.provider.conversation.Turn;
import dev.llmsim.provider.simulation.ApiErrorException;
import dev.llmsim.provider.simulation.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads a request for a chat. */
final class ChatReader {
    private static final int MOST_STOPS = 5;
    private static final int MOST_K = 500;

    private ChatReader() {}

    /**
     * Reads the body of one.
     *
     * @throws ApiErrorException with what the API says of the first field that is wrong
     */
    static Prompt read(Fields fields) {
        String model = fields.requiredText("model");
        List<Turn> turns = new MessagesReader().read(fields);
        Tooling tooling = tooling(fields);
        return new Prompt(model, turns, tooling, form(fields), sampling(fields), thinking(fields, model));
    }

    private static Sampling sampling(Fields fields) {
        fields.number("temperature", 0, 2);
        fields.number("p", 0.01, 0.99);
        fields.number("k", 0, MOST_K);
        fields.number("frequency_penalty", 0, 1);
        fields.number("presence_penalty", 0, 1);
        List<String> stops = fields.texts("stop_sequences").stream()
                .filter(stop -> !stop.isEmpty())
                .toList();
        if (stops.size() > MOST_STOPS) {
            throw Fields.invalid("stop_sequences must have at most " + MOST_STOPS + " elements.");
        }
        long most = fields.integer("max_tokens", 0).orElse(0);
        int maxTokens = most == 0 ? -1 : (int) Math.min(most, Integer.MAX_VALUE);
        return new Sampling(maxTokens, stops, 1, fields.integer("seed", 0), -1);
    }

    private static Tooling tooling(Fields fields) {
        List<Tool> tools = new ArrayList<>();
        boolean strict = fields.flag("strict_tools");
        for (Fields tool : fields.objects("tools")) {
            Fields function = tool.requiredObject("function");
            tools.add(new Tool(
                    function.requiredText("name"),
                    function.text("description"),
                    function.object("parameters").map(Fields::node).orElseGet(Json::object),
                    strict));
        }
        return new Tooling(tools, choice(fields, tools), true);
    }

    private static ToolChoice choice(Fields fields, List<Tool> tools) {
        String choice = fields.text("tool_choice");
        if (!choice.isEmpty() && tools.isEmpty()) {
            throw Fields.invalid("tool_choice can only be set when tools are provided.");
        }
        return switch (choice) {
            case "" -> ToolChoice.AUTO;
            case "NONE" -> ToolChoice.NONE;
            case "REQUIRED" -> ToolChoice.REQUIRED;
            default -> throw Fields.invalid("tool_choice must be one of 'REQUIRED', 'NONE'.");
        };
    }

    private static OutputForm form(Fields fields) {
        Optional<Fields> format = fields.object("response_format");
        if (format.isEmpty()) {
            return OutputForm.TEXT;
        }
        return switch (format.get().requiredText("type")) {
            case "text" -> OutputForm.TEXT;
            case "json_object" -> {
                Optional<Fields> schema = format.get().object("json_schema");
                yield schema.or(() -> format.get().object("schema"))
                        .<OutputForm>map(given -> new OutputForm.Schema(given.node()))
                        .orElse(OutputForm.JSON);
            }
            default -> throw Fields.invalid("response_format.type must be one of 'text', 'json_object'.");
        };
    }

    /** Only the models that reason do, unless they are told not to. */
    private static Thinking thinking(Fields fields, String model) {
        Optional<Fields> thinking = fields.object("thinking");
        boolean thinks = thinking.map(given -> given.text("type").equals("enabled"))
                .orElseGet(() -> model.contains("reasoning"));
        if (!thinks) {
            return new Thinking(Thinking.Effort.NONE, Thinking.Summary.NONE, -1);
        }
        long budget = thinking.map(given -> given.integer("token_budget", 0).orElse(-1))
                .orElse(-1L);
        return new Thinking(Thinking.Effort.MEDIUM, Thinking.Summary.FULL, (int) Math.min(budget, Integer.MAX_VALUE));
    }
}
