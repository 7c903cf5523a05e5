package dev.llmsim.synth.script;

import dev.llmsim.provider.conversation.Part;
import dev.llmsim.provider.conversation.Prompt;
import dev.llmsim.provider.conversation.Role;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Which requests a turn is for: those for which everything holds that is asked.
 *
 * @param userOrNull of the last message of the user
 * @param toolResultOrNull of one of the results that came after the model's last message
 * @param modelOrNull of the id that the request names
 */
public record When(
        @Nullable TextMatch userOrNull,
        @Nullable TextMatch toolResultOrNull,
        @Nullable TextMatch modelOrNull) {
    /** Every request. */
    public static final When ALWAYS = new When(null, null, null);

    /** Requests whose last user message holds {@code part}. */
    public static When user(String part) {
        return user(TextMatch.contains(part));
    }

    public static When user(TextMatch match) {
        return new When(match, null, null);
    }

    /** Requests that bring a result which holds {@code part}. */
    public static When toolResult(String part) {
        return toolResult(TextMatch.contains(part));
    }

    public static When toolResult(TextMatch match) {
        return new When(null, match, null);
    }

    /** Requests to the model called {@code id}. */
    public static When model(String id) {
        return model(TextMatch.equalTo(id));
    }

    public static When model(TextMatch match) {
        return new When(null, null, match);
    }

    /** Where both hold; what {@code other} asks takes the place of what this one asks of the same. */
    public When and(When other) {
        return new When(
                other.userOrNull == null ? userOrNull : other.userOrNull,
                other.toolResultOrNull == null ? toolResultOrNull : other.toolResultOrNull,
                other.modelOrNull == null ? modelOrNull : other.modelOrNull);
    }

    public boolean isAlways() {
        return userOrNull == null && toolResultOrNull == null && modelOrNull == null;
    }

    boolean holds(Prompt prompt) {
        return isAt(modelOrNull, List.of(prompt.model()))
                && isAt(userOrNull, lastOfUser(prompt))
                && isAt(toolResultOrNull, results(prompt));
    }

    private static boolean isAt(@Nullable TextMatch wanted, List<String> texts) {
        return Optional.ofNullable(wanted)
                .map(match -> texts.stream().anyMatch(match::holds))
                .orElse(true);
    }

    private static List<String> lastOfUser(Prompt prompt) {
        return prompt.lastOfUser().map(turn -> List.of(turn.text())).orElse(List.of());
    }

    private static List<String> results(Prompt prompt) {
        int from = prompt.turns().size();
        while (from > 0 && prompt.turns().get(from - 1).role() != Role.ASSISTANT) {
            from--;
        }
        return prompt.turns().subList(from, prompt.turns().size()).stream()
                .flatMap(turn -> turn.parts().stream())
                .filter(Part.ToolResult.class::isInstance)
                .map(part -> ((Part.ToolResult) part).text())
                .toList();
    }
}
