package dev.llmsim.provider.conversation;

import java.util.List;
import java.util.Objects;

/** What a model answers. */
public record Reply(List<Choice> choices, Usage usage) {
    public Reply {
        choices = List.copyOf(choices);
        Objects.requireNonNull(usage);
        if (choices.isEmpty()) {
            throw new IllegalArgumentException("choices: none (expected: 1 or more)");
        }
    }

    public Choice first() {
        return choices.get(0);
    }
}
