package dev.llmsim.provider.bedrock;

import dev.llmsim.provider.conversation.Thinking;
import dev.llmsim.provider.conversation.Thinking.Effort;
import dev.llmsim.provider.conversation.Thinking.Summary;
import dev.llmsim.provider.conversation.ToolChoice;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Reads how much a model is to think, in the spellings of the families: {@code thinking} and {@code reasoning_config} of
 * Claude, {@code reasoningConfig} of Nova, {@code reasoning_effort} of others.
 */
final class ThinkingReader {
    private static final Thinking OFF = new Thinking(Effort.NONE, Summary.NONE, -1);
    private static final List<String> MEMBERS = List.of("thinking", "reasoning_config", "reasoningConfig");
    private static final Set<String> EFFORTS = Set.of("minimal", "low", "medium", "high", "xhigh", "max");
    private static final int LEAST_BUDGET = 1024;

    private final ModelId model;
    private final int maxTokens;

    /** For a request with {@code maxTokens}; -1 where it has no limit. */
    ThinkingReader(ModelId model, int maxTokens) {
        this.model = model;
        this.maxTokens = maxTokens;
    }

    Thinking read(Fields request, ToolChoice choice) {
        Fields more = request.object("additionalModelRequestFields")
                .orElseGet(() -> Fields.of(request.node().objectNode()));
        Optional<Fields> config =
                MEMBERS.stream().flatMap(name -> more.object(name).stream()).findFirst();
        Thinking thinking = config.map(asked -> asked(asked, effort(more))).orElseGet(() -> unasked(more));
        boolean forced = choice == ToolChoice.REQUIRED || choice instanceof ToolChoice.Named;
        if (model.isClaude() && forced && thinking.effort() != Effort.NONE) {
            throw Invalid.byModel("Thinking may not be enabled when tool_choice forces tool use.");
        }
        return thinking;
    }

    private Thinking asked(Fields config, Effort beside) {
        String type = config.text("type").orElse("enabled");
        if (type.equals("disabled")) {
            return OFF;
        }
        Effort own = effort(config.text("maxReasoningEffort").orElse(""));
        Effort effort = own == Effort.DEFAULT ? beside : own;
        if (type.equals("adaptive") && effort == Effort.DEFAULT) {
            effort = Effort.HIGH;
        }
        Summary shown = config.text("display").orElse("").equals("omitted") ? Summary.NONE : Summary.FULL;
        return new Thinking(effort, shown, budget(config, type));
    }

    private int budget(Fields config, String type) {
        int budget = config.integer("budget_tokens", 0);
        if (!model.isClaude() || !type.equals("enabled")) {
            return budget;
        }
        if (budget < 0) {
            throw Invalid.byModel("thinking.enabled.budget_tokens: Field required");
        }
        if (budget < LEAST_BUDGET) {
            throw Invalid.byModel(
                    "thinking.enabled.budget_tokens: Input should be greater than or equal to " + LEAST_BUDGET);
        }
        if (maxTokens >= 0 && budget >= maxTokens) {
            throw Invalid.byModel("`max_tokens` must be greater than `thinking.budget_tokens`.");
        }
        return budget;
    }

    /** Some models think without being asked. */
    private Thinking unasked(Fields more) {
        Effort effort = effort(more);
        if (effort != Effort.DEFAULT && !model.isClaude()) {
            return new Thinking(effort, Summary.FULL, -1);
        }
        boolean always = model.contains("deepseek.r") || model.contains("gpt-oss") || model.contains("thinking");
        return always ? new Thinking(Effort.MEDIUM, Summary.FULL, -1) : OFF;
    }

    private static Effort effort(Fields more) {
        String effort = more.object("output_config")
                .flatMap(config -> config.text("effort"))
                .orElseGet(() -> more.text("reasoning_effort").orElse(""));
        return effort(effort);
    }

    private static Effort effort(String name) {
        if (!EFFORTS.contains(name)) {
            return Effort.DEFAULT;
        }
        return name.equals("max") ? Effort.XHIGH : Effort.valueOf(name.toUpperCase(Locale.ROOT));
    }
}
