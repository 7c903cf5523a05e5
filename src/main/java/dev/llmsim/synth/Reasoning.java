package dev.llmsim.synth;

import dev.llmsim.provider.conversation.Thinking;
import dev.llmsim.provider.model.Catalogue;
import dev.llmsim.provider.model.Model;
import java.util.Locale;
import java.util.regex.Pattern;

/** How much a model thinks before it answers, and how many words of that it shows. */
final class Reasoning {
    private static final Pattern OPENAI = Pattern.compile("(.*/|ft:)?(o[134](-.*)?|gpt-5.*)");
    private static final Pattern NEVER = Pattern.compile("(.*/|ft:)?(gpt-[34]|chatgpt|gpt-image).*|.*deepseek-chat.*");
    private static final Pattern DEEPSEEK = Pattern.compile(".*deepseek-(reasoner|r\\d).*");

    private Reasoning() {}

    static boolean isOpenAi(String model) {
        String id = model.toLowerCase(Locale.ROOT);
        return OPENAI.matcher(id).matches() && !id.contains("-chat");
    }

    /** The tokens that {@code model} thinks for an answer of {@code shown} tokens. */
    static int tokens(String model, Thinking thinking, int shown) {
        if (!thinks(model, thinking)) {
            return 0;
        }
        int tokens = (int) Math.min(Integer.MAX_VALUE / 64, (long) (shown * factor(thinking.effort())));
        return thinking.budgetTokens() < 0 ? tokens : Math.min(tokens, thinking.budgetTokens());
    }

    /** Whether the thoughts themselves are shown. */
    static boolean isShown(String model, Thinking thinking) {
        return thinking.summary() == Thinking.Summary.FULL
                || DEEPSEEK.matcher(model.toLowerCase(Locale.ROOT)).matches();
    }

    /** The words of a summary of {@code tokens} of thoughts; 0 where none is asked for. */
    static int summaryWords(Thinking.Summary summary, int tokens) {
        return switch (summary) {
            case NONE, FULL -> 0;
            case CONCISE -> Math.max(8, tokens * 5 / 100);
            case AUTO -> Math.max(10, tokens / 10);
            case DETAILED -> Math.max(15, (int) (tokens * 15L / 100));
        };
    }

    private static boolean thinks(String model, Thinking thinking) {
        if (thinking.effort() == Thinking.Effort.NONE || thinking.budgetTokens() == 0) {
            return false;
        }
        String id = model.toLowerCase(Locale.ROOT);
        if (NEVER.matcher(id).matches()) {
            return false;
        }
        return isOpenAi(id) || DEEPSEEK.matcher(id).matches() || wasAsked(thinking) || geminiThinks(id);
    }

    private static boolean wasAsked(Thinking thinking) {
        return thinking.effort() != Thinking.Effort.DEFAULT
                || thinking.summary() == Thinking.Summary.FULL
                || thinking.budgetTokens() > 0;
    }

    private static boolean geminiThinks(String id) {
        return id.contains("gemini")
                && Catalogue.standard()
                        .find(id)
                        .filter(model -> model.can(Model.Capability.REASONING))
                        .isPresent();
    }

    private static double factor(Thinking.Effort effort) {
        return switch (effort) {
            case NONE -> 0;
            case MINIMAL -> 0.5;
            case LOW -> 1.5;
            case DEFAULT, MEDIUM -> 3;
            case HIGH -> 6;
            case XHIGH -> 10;
        };
    }
}
