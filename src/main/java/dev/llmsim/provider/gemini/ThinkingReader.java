package dev.llmsim.provider.gemini;

import dev.llmsim.provider.conversation.Thinking;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Pattern;

/** Reads how much is thought, and whether thoughts are shown (in summaries). */
final class ThinkingReader {
    private static final List<String> LEVELS =
            List.of("THINKING_LEVEL_UNSPECIFIED", "MINIMAL", "LOW", "MEDIUM", "HIGH");
    private static final Pattern ALWAYS = Pattern.compile("gemini-(2\\.5|3(\\.\\d)?)-pro.*");
    private static final Pattern NEVER = Pattern.compile("gemini-(1|2\\.0).*");
    private static final int MOST_TOKENS = 32_768;

    private ThinkingReader() {}

    /** Reads the {@code thinkingConfig} of a {@code generationConfig}. */
    static Thinking read(Fields config, String model) {
        return config.object("thinkingConfig", "GenerationConfig.ThinkingConfig")
                .map(thinking -> thinking(thinking, model.toLowerCase(Locale.ROOT)))
                .orElse(Thinking.DEFAULT);
    }

    private static Thinking thinking(Fields thinking, String model) {
        OptionalLong budget = thinking.integer("thinkingBudget");
        Optional<String> level = thinking.name("thinkingLevel", "ThinkingConfig.ThinkingLevel", LEVELS);
        boolean shown = thinking.flag("includeThoughts");
        if (budget.isPresent() && level.isPresent()) {
            throw Invalid.request("You can only set only one of thinking budget and thinking level.");
        }
        budget.ifPresent(tokens -> checkBudget(tokens, model));
        boolean isDynamic = budget.orElse(0) < 0 || (shown && budget.isEmpty());
        Thinking.Effort effort = level.filter(name -> !name.endsWith("UNSPECIFIED"))
                .map(Thinking.Effort::valueOf)
                .orElse(
                        isDynamic && !NEVER.matcher(model).matches()
                                ? Thinking.Effort.MEDIUM
                                : Thinking.Effort.DEFAULT);
        Thinking.Summary summary = shown ? Thinking.Summary.AUTO : Thinking.Summary.NONE;
        return new Thinking(effort, summary, (int) budget.orElse(-1));
    }

    private static void checkBudget(long tokens, String model) {
        if (tokens == 0 && ALWAYS.matcher(model).matches()) {
            throw Invalid.request("Budget 0 is invalid. This model only works in thinking mode.");
        }
        if (tokens < -1 || tokens > MOST_TOKENS) {
            throw Invalid.request("The thinking budget " + tokens + " is invalid. Please choose a value between "
                    + (ALWAYS.matcher(model).matches() ? 128 : 0) + " and " + MOST_TOKENS + ".");
        }
    }
}
