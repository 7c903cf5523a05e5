package dev.llmsim.provider.cohere;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.llmsim.provider.conversation.Finish;
import dev.llmsim.provider.conversation.Usage;

/** How a chat ended and what it cost. */
record ChatEnd(Finish finish, Usage usage) {
    /** What every prompt and every answer have beside what is paid for, as recorded. */
    private static final int HIDDEN_INPUT_TOKENS = 495;

    private static final int HIDDEN_OUTPUT_TOKENS = 2;

    void write(ObjectNode json) {
        json.put("finish_reason", reason());
        ObjectNode written = json.putObject("usage");
        written.putObject("billed_units").put("input_tokens", usage.prompt()).put("output_tokens", usage.completion());
        written.putObject("tokens")
                .put("input_tokens", usage.prompt() + HIDDEN_INPUT_TOKENS)
                .put("output_tokens", usage.completion() + HIDDEN_OUTPUT_TOKENS);
        written.put("cached_tokens", usage.cacheRead());
    }

    private String reason() {
        return switch (finish.reason()) {
            case STOP, REFUSAL -> "COMPLETE";
            case STOP_SEQUENCE -> "STOP_SEQUENCE";
            case LENGTH -> "MAX_TOKENS";
            case TOOL_CALLS -> "TOOL_CALL";
            case CONTENT_FILTER -> "ERROR";
        };
    }
}
