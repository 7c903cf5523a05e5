package dev.llmsim.synth.faults;

import dev.llmsim.exchange.Bytes;
import dev.llmsim.provider.Dialect;
import dev.llmsim.provider.ErrorEnvelope;
import dev.llmsim.provider.framing.EventStreamMessage;

/** An error in the middle of a stream, in the provider's own form. */
final class ErrorEvent {
    private static final String MESSAGE = "The server had an error while it answered (llmsim: on purpose).";
    private static final int INTERNAL = 500;

    /** Anthropic's {@code overloaded_error}, the one that its documentation shows in a stream. */
    private static final int OVERLOADED = 529;

    private ErrorEvent() {}

    /** The bytes of one event or line, for an answer of {@code contentType}, which follows so many events. */
    static Bytes of(Dialect dialect, String path, String contentType, int before) {
        if (contentType.startsWith(EventStreamMessage.MEDIA_TYPE)) {
            Bytes json = ErrorEnvelope.render(dialect, INTERNAL, MESSAGE).body();
            return EventStreamMessage.exception("internalServerException", json).encode();
        }
        int status = dialect == Dialect.ANTHROPIC ? OVERLOADED : INTERNAL;
        String json = ErrorEnvelope.render(dialect, status, MESSAGE).body().utf8();
        if (!contentType.startsWith("text/event-stream")) {
            return Bytes.utf8(json + "\n");
        }
        if (dialect == Dialect.OPENAI && path.endsWith("/responses")) {
            return Bytes.utf8("event: error\ndata: {\"type\":\"error\",\"code\":\"server_error\",\"message\":\""
                    + MESSAGE + "\",\"param\":null,\"sequence_number\":" + before + "}\n\n");
        }
        return Bytes.utf8((dialect == Dialect.ANTHROPIC ? "event: error\n" : "") + "data: " + json + "\n\n");
    }
}
