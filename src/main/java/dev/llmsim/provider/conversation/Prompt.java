package dev.llmsim.provider.conversation;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** What a client asks a model for. */
public record Prompt(
        String model, List<Turn> turns, Tooling tooling, OutputForm form, Sampling sampling, Thinking thinking) {
    public Prompt {
        Objects.requireNonNull(model);
        turns = List.copyOf(turns);
        Objects.requireNonNull(tooling);
        Objects.requireNonNull(form);
        Objects.requireNonNull(sampling);
        Objects.requireNonNull(thinking);
    }

    /** The last message of the user. */
    public Optional<Turn> lastOfUser() {
        for (int i = turns.size() - 1; i >= 0; i--) {
            if (turns.get(i).role() == Role.USER) {
                return Optional.of(turns.get(i));
            }
        }
        return Optional.empty();
    }
}
