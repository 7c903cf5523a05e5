package dev.llmsim.recorder;

import dev.llmsim.exchange.Request;

/** Begins captures. What the gateway knows of the recorder. */
@FunctionalInterface
public interface CaptureSource {
    /** Begins to keep one exchange. Never blocks. {@code head} has all end-to-end headers and an empty body. */
    Capture begin(Request head);
}
