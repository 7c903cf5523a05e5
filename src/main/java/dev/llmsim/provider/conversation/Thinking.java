package dev.llmsim.provider.conversation;

import java.util.Objects;

/**
 * How much a model thinks before it answers, and what of that it shows.
 *
 * @param budgetTokens the most tokens it may think; -1 where there is no such limit
 */
public record Thinking(Effort effort, Summary summary, int budgetTokens) {
    public static final Thinking DEFAULT = new Thinking(Effort.DEFAULT, Summary.NONE, -1);

    public Thinking {
        Objects.requireNonNull(effort);
        Objects.requireNonNull(summary);
    }

    /** How much is thought. {@code DEFAULT}: as this model does where it is not told. */
    public enum Effort {
        DEFAULT,
        NONE,
        MINIMAL,
        LOW,
        MEDIUM,
        HIGH,
        XHIGH
    }

    /** What is shown of the thoughts. {@code FULL}: the thoughts themselves. */
    public enum Summary {
        NONE,
        AUTO,
        CONCISE,
        DETAILED,
        FULL
    }
}
