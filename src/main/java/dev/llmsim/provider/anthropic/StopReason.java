package dev.llmsim.provider.anthropic;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.llmsim.provider.conversation.Finish;

/** Says why an answer ended. */
final class StopReason {
    private static final String REFUSAL = "refusal";

    private StopReason() {}

    /** Puts the three members that say it. */
    static void write(ObjectNode json, Finish finish) {
        String reason = of(finish);
        json.put("stop_reason", reason).put("stop_sequence", finish.stopOrNull());
        if (reason.equals(REFUSAL)) {
            json.putObject("stop_details")
                    .put("type", REFUSAL)
                    .putNull("category")
                    .putNull("explanation");
        } else {
            json.putNull("stop_details");
        }
    }

    private static String of(Finish finish) {
        return switch (finish.reason()) {
            case STOP -> "end_turn";
            case STOP_SEQUENCE -> "stop_sequence";
            case LENGTH -> "max_tokens";
            case TOOL_CALLS -> "tool_use";
            case CONTENT_FILTER, REFUSAL -> REFUSAL;
        };
    }
}
