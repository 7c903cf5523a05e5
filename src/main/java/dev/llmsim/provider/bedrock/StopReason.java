package dev.llmsim.provider.bedrock;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.llmsim.provider.conversation.Finish;

/** Says why an answer ended. */
final class StopReason {
    private StopReason() {}

    /** Puts the reason, after what the client asked to know of it. */
    static void write(ObjectNode json, ConverseRequest request, Finish finish) {
        if (request.tellsStop() && finish.stopOrNull() != null) {
            json.putObject("additionalModelResponseFields").put("stop_sequence", finish.stopOrNull());
        }
        json.put("stopReason", of(finish));
    }

    private static String of(Finish finish) {
        return switch (finish.reason()) {
            case STOP -> "end_turn";
            case STOP_SEQUENCE -> "stop_sequence";
            case LENGTH -> "max_tokens";
            case TOOL_CALLS -> "tool_use";
            case CONTENT_FILTER, REFUSAL -> "content_filtered";
        };
    }
}
