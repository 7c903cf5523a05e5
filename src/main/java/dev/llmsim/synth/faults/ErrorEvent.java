package dev.llmsim.synth.faults;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.llmsim.exchange.Bytes;
import dev.llmsim.provider.Dialect;
import dev.llmsim.provider.ErrorEnvelope;
import dev.llmsim.provider.framing.EventStreamMessage;
import dev.llmsim.provider.simulation.Json;
import java.util.List;

/** An error in the middle of one stream, in the provider's own form. Is told of the events before it. Not thread-safe. */
final class ErrorEvent {
    private static final String MESSAGE = "The server had an error while it answered (llmsim: on purpose).";
    private static final String SERVER_ERROR = "server_error";
    private static final int INTERNAL = 500;

    /** Anthropic's {@code overloaded_error}, the one that its documentation shows in a stream. */
    private static final int OVERLOADED = 529;

    private final EventFaults.Form form;
    private final boolean ofResponse;
    private ObjectNode response = Json.object();
    private int nextNumber;

    ErrorEvent(EventFaults.Form form) {
        this.form = form;
        this.ofResponse = form.dialect() == Dialect.OPENAI
                && form.path().endsWith("/responses")
                && form.contentType().startsWith("text/event-stream");
    }

    /** {@code event} has passed. */
    void after(Bytes event) {
        if (!ofResponse) {
            return;
        }
        JsonNode sent = data(event);
        nextNumber = sent.path("sequence_number").asInt(nextNumber - 1) + 1;
        if (sent.path("response") instanceof ObjectNode told) {
            response = told.deepCopy();
        }
    }

    /** The bytes of each event or line that tells of it. */
    List<Bytes> events() {
        Dialect dialect = form.dialect();
        String contentType = form.contentType();
        if (contentType.startsWith(EventStreamMessage.MEDIA_TYPE)) {
            Bytes json = ErrorEnvelope.render(dialect, INTERNAL, MESSAGE).body();
            return List.of(EventStreamMessage.exception("internalServerException", json)
                    .encode());
        }
        int status = dialect == Dialect.ANTHROPIC ? OVERLOADED : INTERNAL;
        String json = ErrorEnvelope.render(dialect, status, MESSAGE).body().utf8();
        if (!contentType.startsWith("text/event-stream")) {
            return List.of(Bytes.utf8(json + "\n"));
        }
        if (ofResponse) {
            return failure();
        }
        return switch (dialect) {
            case ANTHROPIC -> List.of(event("error", json));
            case COHERE -> List.of(event("message-end", Json.text(cohere())));
            default -> List.of(Bytes.utf8("data: " + json + "\n\n"));
        };
    }

    /**
     * The event {@code error}, whose error is an object of its own on the wire whatever the schema says, and then
     * {@code response.failed} (both as recorded: an {@code insufficient_quota} within a stream).
     */
    private List<Bytes> failure() {
        ObjectNode error = Json.object().put("type", "error");
        error.putObject("error")
                .put("type", SERVER_ERROR)
                .put("code", SERVER_ERROR)
                .put("message", MESSAGE)
                .putNull("param");
        error.put("sequence_number", nextNumber);
        response.put("status", "failed")
                .putObject("error")
                .put("code", SERVER_ERROR)
                .put("message", MESSAGE);
        ObjectNode failed = Json.object().put("type", "response.failed");
        failed.set("response", response);
        failed.put("sequence_number", nextNumber + 1);
        return List.of(event("error", Json.text(error)), event("response.failed", Json.text(failed)));
    }

    /** An end that says so (Cohere's SDKs: {@code ChatMessageEndEventDelta.error}, "if an error occurred during the generation"). */
    private static ObjectNode cohere() {
        ObjectNode end = Json.object().put("type", "message-end");
        end.putObject("delta").put("error", MESSAGE).put("finish_reason", "ERROR");
        return end;
    }

    private static Bytes event(String name, String json) {
        return Bytes.utf8("event: " + name + "\ndata: " + json + "\n\n");
    }

    /** The JSON of an event; an empty object where it is none. */
    private static JsonNode data(Bytes event) {
        String text = event.utf8();
        int data = text.indexOf("data:");
        try {
            return data < 0 ? Json.object() : Json.parse(text.substring(data + "data:".length()));
        } catch (JsonProcessingException notJson) {
            return Json.object();
        }
    }
}
