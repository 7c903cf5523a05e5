package dev.llmsim.provider.openai.responses;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.llmsim.exchange.Bytes;
import dev.llmsim.provider.PathSegments;
import dev.llmsim.provider.SocketDialect;
import dev.llmsim.provider.simulation.Json;
import java.io.IOException;
import java.util.List;
import java.util.regex.Pattern;

/** The Responses API over WebSocket: {@code response.create} and {@code response.steer} in, the events of streams out, lanes by {@code stream_id}. */
public final class ResponsesSocket implements SocketDialect {
    private static final Pattern STREAM_ID = Pattern.compile("[A-Za-z0-9_.-]{1,256}");
    private static final int BAD_REQUEST = 400;
    private static final String INVALID = "invalid_request_error";

    @Override
    public boolean opensAt(String rawPath) {
        List<String> path = PathSegments.of(rawPath);
        return !path.isEmpty() && path.get(path.size() - 1).equals("responses");
    }

    @Override
    public Message read(String text) {
        JsonNode read;
        try {
            read = Json.parse(text);
        } catch (JsonProcessingException notJson) {
            return unreadable("", "invalid_request", "The message is not valid JSON: " + notJson.getOriginalMessage());
        }
        if (!(read instanceof ObjectNode message)) {
            return unreadable(
                    "",
                    "invalid_request",
                    "The message is not a JSON object (expected: {\"type\":\"response.create\",...}).");
        }
        JsonNode lane = message.path("stream_id");
        if (!lane.isMissingNode()
                && !(lane.isTextual() && STREAM_ID.matcher(lane.asText()).matches())) {
            return unreadable(
                    "",
                    "invalid_stream_id",
                    "Invalid 'stream_id': expected 1 to 256 letters, digits, '_', '-' or '.'.");
        }
        String type = message.path("type").asText();
        return switch (type) {
            case "response.create" -> new Message.Asking(lane.asText(""), body(message));
            case "response.steer" ->
                new Message.Steering(
                        lane.asText(""),
                        message.path("previous_response_id").asText(),
                        Json.write(message.path("input").isMissingNode() ? message.nullNode() : message.path("input")));
            default ->
                unreadable(
                        lane.asText(""),
                        "invalid_request",
                        "Unknown message type '" + type + "' (expected: 'response.create' or 'response.steer').");
        };
    }

    /** The members of {@code response} where there is one, else those beside {@code type}. */
    private static Bytes body(ObjectNode message) {
        ObjectNode body = message.get("response") instanceof ObjectNode nested ? nested.deepCopy() : message.deepCopy();
        body.remove(List.of("type", "stream_id", "event_id", "stream_options", "background"));
        return Json.write(body.put("stream", true));
    }

    @Override
    public Speaker speaker(String lane) {
        return new ResponsesSpeaker(lane);
    }

    @Override
    public String unsteerable(Message.Steering steering, boolean said) {
        String id = "'" + steering.target() + "'";
        return new ResponsesSpeaker.Failure(
                        steering.target(),
                        ResponsesSpeaker.parsed(steering.input().utf8()),
                        said ? "response_already_completed" : "response_not_found",
                        said
                                ? "The response with id " + id + " has already ended."
                                : "No response with id " + id + " is in progress on this connection.")
                .told(steering.lane(), 0);
    }

    /** {@code object} with the lane as its first member. */
    static String marked(String lane, String object) {
        if (lane.isEmpty()) {
            return object;
        }
        String rest = object.substring(1).stripLeading();
        return "{\"stream_id\":\"" + lane + "\"" + (rest.startsWith("}") ? "" : ",") + rest;
    }

    @Override
    public String answer(String lane, int status, Bytes body) {
        JsonNode error = parsed(body).path("error");
        return error(
                lane,
                status,
                new Told(
                        error.path("type").asText(INVALID),
                        error.path("code").isTextual() ? error.path("code").asText() : "invalid_request",
                        error.path("message").asText(body.utf8()),
                        error.path("param").isTextual() ? error.path("param").asText() : ""));
    }

    private static JsonNode parsed(Bytes body) {
        try {
            return Json.read(body);
        } catch (IOException notJson) {
            return Json.object();
        }
    }

    @Override
    public String refusal(String lane, Wrong wrong) {
        return switch (wrong) {
            case TOO_OLD ->
                error(
                        lane,
                        BAD_REQUEST,
                        told(
                                "websocket_connection_limit_reached",
                                "Responses websocket connection limit reached (60 minutes). Create a new websocket connection to continue."));
            case TOO_MANY_REQUESTS ->
                error(
                        lane,
                        BAD_REQUEST,
                        told(
                                "invalid_request",
                                "Too many responses are in progress or wait on this connection; wait for some to end."));
            case TOO_MANY_LANES ->
                error(
                        lane,
                        BAD_REQUEST,
                        told("invalid_stream_id", "Too many named streams on this connection (limit: 32)."));
        };
    }

    private static Message unreadable(String lane, String code, String message) {
        return new Message.Unreadable(lane, error(lane, BAD_REQUEST, told(code, message)));
    }

    private static Told told(String code, String message) {
        return new Told(INVALID, code, message, "");
    }

    private record Told(String type, String code, String message, String param) {}

    /** Some clients read {@code code} and {@code message} within {@code error}, some beside it. */
    private static String error(String lane, int status, Told told) {
        ObjectNode event = Json.object().put("type", "error").put("status", status);
        event.putObject("error")
                .put("type", told.type())
                .put("code", told.code())
                .put("message", told.message())
                .put("param", told.param().isEmpty() ? null : told.param());
        event.put("code", told.code()).put("message", told.message());
        return marked(lane, Json.text(event));
    }
}
