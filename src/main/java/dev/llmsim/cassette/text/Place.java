package dev.llmsim.cassette.text;

import dev.llmsim.exchange.ErrorCode;
import dev.llmsim.exchange.LlmSimException;
import org.jspecify.annotations.Nullable;

/**
 * A line of a file that is being read; where errors point.
 *
 * @param file as the reader of the message knows it
 * @param line from 1
 */
public record Place(String file, int line) {
    private static final int SHOWN_CHARS = 120;

    /** The error that {@code what} holds {@code value} here. */
    public LlmSimException invalid(String what, String value, String expected, String remedy) {
        return invalid(what + ": " + shortened(value) + " (expected: " + expected + "); " + remedy, null);
    }

    /** The error {@code message}, at this place. */
    public LlmSimException invalid(String message, @Nullable Throwable cause) {
        return new LlmSimException(ErrorCode.CASSETTE_INVALID, file + ":" + line + ": " + message, cause);
    }

    private static String shortened(String value) {
        String oneLine = value.replace("\n", "\\n").replace("\r", "\\r");
        return oneLine.length() <= SHOWN_CHARS ? oneLine : oneLine.substring(0, SHOWN_CHARS) + "...";
    }
}
