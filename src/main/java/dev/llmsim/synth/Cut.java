package dev.llmsim.synth;

import dev.llmsim.provider.conversation.Content;
import dev.llmsim.provider.conversation.Finish;
import java.util.ArrayList;
import java.util.List;

/** Ends answers where a request says: before a stop sequence, after so many tokens. */
final class Cut {
    private Cut() {}

    /** A text and why it ends. */
    record Ended(String text, Finish finish) {}

    /** {@code text} up to the first of {@code stops} in it. */
    static Ended atStops(String text, List<String> stops) {
        int end = text.length();
        Finish finish = Finish.STOP;
        for (String stop : stops) {
            int at = stop.isEmpty() ? -1 : text.indexOf(stop);
            if (at >= 0 && at < end) {
                end = at;
                finish = new Finish(Finish.Reason.STOP_SEQUENCE, stop);
            }
        }
        return new Ended(text.substring(0, end), finish);
    }

    /** The first {@code tokens} of them all; a call that is cut keeps its name. */
    static List<Content> atTokens(List<Content> contents, int tokens) {
        List<Content> kept = new ArrayList<>();
        int left = tokens;
        for (Content content : contents) {
            if (left <= 0) {
                break;
            }
            int size = content.tokens().size();
            kept.add(size <= left ? content : begun(content, left));
            left -= size;
        }
        return kept;
    }

    private static Content begun(Content content, int tokens) {
        List<String> begun = content.tokens().subList(0, tokens);
        if (content instanceof Content.ToolCall call) {
            return new Content.ToolCall(call.id(), call.name(), begun);
        }
        return content instanceof Content.Refusal ? new Content.Refusal(begun) : new Content.Text(begun);
    }
}
