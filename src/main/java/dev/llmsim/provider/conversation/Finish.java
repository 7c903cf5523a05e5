package dev.llmsim.provider.conversation;

import org.jspecify.annotations.Nullable;

/** Why an answer ended. {@code stopOrNull} is the stop sequence that it would have said next. */
public record Finish(Reason reason, @Nullable String stopOrNull) {
    public static final Finish STOP = new Finish(Reason.STOP, null);
    public static final Finish LENGTH = new Finish(Reason.LENGTH, null);
    public static final Finish TOOL_CALLS = new Finish(Reason.TOOL_CALLS, null);

    /** The kinds of end. */
    public enum Reason {
        STOP,
        STOP_SEQUENCE,
        LENGTH,
        TOOL_CALLS,
        CONTENT_FILTER,
        REFUSAL
    }
}
