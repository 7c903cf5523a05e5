package dev.llmsim.synth;

import com.fasterxml.jackson.databind.JsonNode;
import com.knuddels.jtokkit.api.EncodingType;
import dev.llmsim.provider.conversation.Tool;
import dev.llmsim.provider.conversation.ToolChoice;
import dev.llmsim.provider.conversation.Tooling;
import dev.llmsim.provider.simulation.Json;

/**
 * Estimates what the definitions of tools cost.
 *
 * <p>OpenAI: the formula of its cookbook ("How to count tokens with tiktoken", functions), carried on into nested objects.
 * Claude: the documented system prompt of tool use (346 tokens; 313 where a call is forced) and the text of the definitions. Gemini: that text.
 */
final class ToolTokens {
    private static final int CLAUDE_SYSTEM_PROMPT = 346;
    private static final int CLAUDE_FORCED_PROMPT = 313;
    private static final int TOOLS_END = 12;
    private static final int PROPERTIES = 3;
    private static final int PROPERTY = 3;
    private static final int ENUM = -3;
    private static final int ENUM_ITEM = 3;

    private final String model;

    ToolTokens(String model) {
        this.model = model;
    }

    int count(Tooling tooling) {
        if (tooling.tools().isEmpty()) {
            return 0;
        }
        double estimated = Encodings.charactersPerToken(model);
        int sum = beginning(tooling, estimated);
        for (Tool tool : tooling.tools()) {
            sum += estimated > 0 ? text(tool) : function(tool);
        }
        return sum;
    }

    private static int beginning(Tooling tooling, double estimated) {
        if (estimated == 0) {
            return TOOLS_END;
        }
        boolean isForced =
                tooling.choice() instanceof ToolChoice.Required || tooling.choice() instanceof ToolChoice.Named;
        int claude = isForced ? CLAUDE_FORCED_PROMPT : CLAUDE_SYSTEM_PROMPT;
        return estimated < 4 ? claude : 0;
    }

    private int text(Tool tool) {
        return Tokens.count(model, tool.name() + tool.description() + Json.text(tool.parameters()));
    }

    private int function(Tool tool) {
        int begin = Encodings.type(model) == EncodingType.O200K_BASE ? 7 : 10;
        return begin + Tokens.count(model, tool.name() + described(tool.description())) + properties(tool.parameters());
    }

    private int properties(JsonNode schema) {
        JsonNode properties = schema.path("properties");
        if (!properties.isObject() || properties.isEmpty()) {
            return 0;
        }
        int sum = PROPERTIES;
        for (var property : properties.properties()) {
            sum += PROPERTY + property(property.getKey(), property.getValue());
        }
        return sum;
    }

    private int property(String name, JsonNode schema) {
        int sum = 0;
        if (schema.path("enum").isArray()) {
            sum += ENUM;
            for (JsonNode item : schema.path("enum")) {
                sum += ENUM_ITEM + Tokens.count(model, item.asText());
            }
        }
        String line = name + ":" + schema.path("type").asText()
                + described(schema.path("description").asText());
        return sum + Tokens.count(model, line) + properties(schema) + properties(schema.path("items"));
    }

    private static String described(String description) {
        if (description.isEmpty()) {
            return "";
        }
        return ":" + (description.endsWith(".") ? description.substring(0, description.length() - 1) : description);
    }
}
