package dev.llmsim.provider.openai;

import dev.llmsim.provider.conversation.Finish;

/** The names of ends. */
final class FinishReason {
    private FinishReason() {}

    static String of(Finish finish, ChatRequest.CallForms forms) {
        return switch (finish.reason()) {
            case STOP, STOP_SEQUENCE, REFUSAL -> "stop";
            case LENGTH -> "length";
            case TOOL_CALLS -> forms.legacy() ? "function_call" : "tool_calls";
            case CONTENT_FILTER -> "content_filter";
        };
    }
}
