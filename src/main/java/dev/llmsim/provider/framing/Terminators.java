package dev.llmsim.provider.framing;

import dev.llmsim.exchange.Bytes;
import dev.llmsim.exchange.Frame;
import java.util.List;

/** The last event of each provider's stream, after which nothing follows but the end of the body (WIRE-FORMATS). */
public final class Terminators {
    private static final int LONGEST_TYPE_BYTES = 64;
    private static final List<String> STARTS = List.of(
            "data: [DONE]",
            "data:[DONE]",
            "event: message_stop",
            "event: response.completed",
            "event: response.incomplete",
            "event: response.failed");

    private Terminators() {}

    /** Whether a client that has read {@code frames} has everything that the stream says. */
    public static boolean end(List<Frame> frames) {
        if (frames.isEmpty()) {
            return false;
        }
        Bytes last = frames.get(frames.size() - 1).bytes();
        String start =
                last.slice(0, Math.min(last.length(), LONGEST_TYPE_BYTES)).utf8();
        return isWhole(last) && STARTS.stream().anyMatch(terminator -> isLine(terminator, start));
    }

    private static boolean isLine(String terminator, String start) {
        return start.startsWith(terminator)
                && start.length() > terminator.length()
                && "\r\n".indexOf(start.charAt(terminator.length())) >= 0;
    }

    /** An event that has its blank line. */
    private static boolean isWhole(Bytes event) {
        String end =
                event.slice(Math.max(0, event.length() - 4), event.length()).utf8();
        return end.endsWith("\n\n") || end.endsWith("\r\n\r\n") || end.endsWith("\r\r");
    }
}
