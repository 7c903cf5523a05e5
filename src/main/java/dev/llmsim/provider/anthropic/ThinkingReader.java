package dev.llmsim.provider.anthropic;

import dev.llmsim.provider.conversation.Thinking;
import dev.llmsim.provider.conversation.Thinking.Effort;
import dev.llmsim.provider.conversation.Thinking.Summary;
import java.util.List;
import java.util.Locale;

/** Reads {@code thinking}, and the effort beside it. */
final class ThinkingReader {
    private static final Thinking OFF = new Thinking(Effort.NONE, Summary.NONE, -1);
    private static final List<String> EFFORTS = List.of("low", "medium", "high", "xhigh", "max");
    private static final int LEAST_BUDGET = 1024;
    private static final String DOCUMENTATION =
            " Please consult our documentation at https://docs.claude.com/en/docs/build-with-claude/extended-thinking";

    private final Fields fields;

    ThinkingReader(Fields fields) {
        this.fields = fields;
    }

    /** With {@code maxTokens} of the request; -1 where it has no limit. */
    Thinking read(int maxTokens) {
        Effort effort = effort();
        Fields thinking = fields.object("thinking").orElse(null);
        if (thinking == null) {
            return OFF;
        }
        Summary shown = thinking.text("display").orElse("").equals("omitted") ? Summary.NONE : Summary.FULL;
        String type = thinking.requiredText("type");
        return switch (type) {
            case "disabled" -> OFF;
            case "adaptive" -> new Thinking(effort == Effort.DEFAULT ? Effort.HIGH : effort, shown, -1);
            case "enabled" -> new Thinking(effort, shown, budget(thinking.tagged("enabled"), maxTokens));
            default -> throw FieldErrors.tag("thinking", type, List.of("adaptive", "disabled", "enabled"));
        };
    }

    private Effort effort() {
        String effort = fields.object("output_config")
                .flatMap(config -> config.oneOf("effort", EFFORTS))
                .orElse("default");
        return effort.equals("max") ? Effort.XHIGH : Effort.valueOf(effort.toUpperCase(Locale.ROOT));
    }

    private int budget(Fields thinking, int maxTokens) {
        if (!thinking.has("budget_tokens")) {
            throw FieldErrors.missing(thinking.path("budget_tokens"));
        }
        int budget = thinking.integer("budget_tokens", LEAST_BUDGET).orElseThrow();
        if (maxTokens >= 0 && budget >= maxTokens) {
            throw FieldErrors.of("`max_tokens` must be greater than `thinking.budget_tokens`." + DOCUMENTATION
                    + "#max-tokens-and-context-window-size");
        }
        if (fields.has("temperature") && fields.at("temperature").doubleValue() != 1) {
            throw FieldErrors.of("`temperature` may only be set to 1 when thinking is enabled." + DOCUMENTATION
                    + "#important-considerations-when-using-extended-thinking");
        }
        String choice = fields.at("tool_choice").path("type").asText();
        if (choice.equals("any") || choice.equals("tool")) {
            throw FieldErrors.of("Thinking may not be enabled when tool_choice forces tool use.");
        }
        return budget;
    }
}
