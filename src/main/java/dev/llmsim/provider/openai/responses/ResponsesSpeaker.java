package dev.llmsim.provider.openai.responses;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.llmsim.exchange.Bytes;
import dev.llmsim.exchange.Headers;
import dev.llmsim.provider.SocketDialect;
import dev.llmsim.provider.simulation.Json;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Speaks on one lane of a WebSocket.
 *
 * <p>A steered response ends as {@code incomplete} at its next event, and a successor follows that inherits its settings. Where it
 * calls tools it goes on: their results are what its successor waits for, and the steering waits with it
 * (platform.openai.com "WebSocket mode"; the schemas ResponseSteer* of OpenAI's SDKs).
 */
final class ResponsesSpeaker implements SocketDialect.Speaker {
    private static final int MOST_WAITING = 16;

    private final String lane;
    private Bytes asked = Bytes.EMPTY;
    private String current = "";
    private String before = "";
    private int events;
    private int begun;
    private int done;
    private int deltas;
    private boolean calling;
    private final List<ObjectNode> calls = new ArrayList<>();
    private final List<Steer> waiting = new ArrayList<>();

    /** A steering that was accepted. */
    private record Steer(String id, String target, JsonNode input) {}

    ResponsesSpeaker(String lane) {
        this.lane = lane;
    }

    /** What was steered while tools were called comes before what continues the response. */
    @Override
    public Bytes asking(Bytes body) {
        asked = body;
        if (waiting.isEmpty() || !(parsed(body.utf8()) instanceof ObjectNode json)) {
            return body;
        }
        String target = json.path("previous_response_id").asText();
        ArrayNode input = json.arrayNode();
        waiting.removeIf(steer -> {
            boolean meant = steer.target().equals(target);
            if (meant) {
                addItems(steer.input(), input);
            }
            return meant;
        });
        if (input.isEmpty()) {
            return body;
        }
        addItems(json.path("input"), input);
        json.set("input", input);
        return Json.write(json);
    }

    private static void addItems(JsonNode from, ArrayNode to) {
        if (from instanceof ArrayNode items) {
            to.addAll(items);
        } else if (from.isTextual()) {
            to.addObject().put("role", "user").put("content", from.asText());
        }
    }

    @Override
    public List<String> events(Bytes event) {
        StringBuilder data = new StringBuilder();
        String type = "";
        for (String line : event.utf8().split("\r\n|\r|\n")) {
            if (line.startsWith("data:")) {
                data.append(data.isEmpty() ? "" : "\n").append(line, line.startsWith("data: ") ? 6 : 5, line.length());
            } else if (line.startsWith("event:")) {
                type = line.substring("event:".length()).strip();
            }
        }
        if (data.isEmpty() || data.charAt(0) != '{') {
            return List.of();
        }
        List<String> messages = new ArrayList<>();
        messages.add(ResponsesSocket.marked(lane, data.toString()));
        note(type, data.toString(), messages);
        return messages;
    }

    private void note(String type, String data, List<String> messages) {
        events++;
        switch (type) {
            case "response.created" ->
                begin(parsed(data).path("response").path("id").asText());
            case "response.output_item.added" -> {
                begun++;
                calling |= parsed(data).path("item").has("call_id");
            }
            case "response.output_item.done" -> {
                done++;
                if (parsed(data).path("item") instanceof ObjectNode item && item.has("call_id")) {
                    calls.add(item);
                }
            }
            case "response.completed", "response.incomplete", "response.failed", "error" -> end(messages);
            default -> deltas += type.endsWith(".delta") ? 1 : 0;
        }
    }

    private void begin(String id) {
        before = current.isEmpty() ? before : current;
        current = id;
        events = 1;
        begun = 0;
        done = 0;
        deltas = 0;
        calling = false;
        calls.clear();
    }

    private void end(List<String> messages) {
        for (Steer steer : waiting) {
            if (steer.target().equals(current)) {
                messages.add(pending(steer));
            }
        }
        before = current.isEmpty() ? before : current;
        current = "";
    }

    @Override
    public boolean isSaying(String response) {
        return current.equals(response) && !response.isEmpty();
    }

    @Override
    public boolean hasSaid(String response) {
        return before.equals(response);
    }

    @Override
    public SocketDialect.Steered steer(SocketDialect.Message.Steering steering, boolean simulated) {
        JsonNode input = parsed(steering.input().utf8());
        if (!simulated) {
            return failed(input, "steering_not_supported", "This response does not support steering.");
        }
        if (!isInput(input)) {
            return failed(input, "invalid_input", "Invalid 'input': expected a string or an array of user messages.");
        }
        if (waiting.size() == MOST_WAITING) {
            return failed(input, "too_many_pending_steers", "Too many steers wait for this response (limit: 16).");
        }
        Steer steer = new Steer("steer_" + events + "_" + waiting.size() + "_" + current, current, input);
        SocketDialect.Steered accepted =
                new SocketDialect.Steered(accepted(steer), calling ? Optional.empty() : Optional.of(successor(steer)));
        if (calling) {
            waiting.add(steer);
        } else {
            before = current;
            current = "";
        }
        return accepted;
    }

    /** The request that takes the answer's place: with its settings, and told where it was left. */
    private SocketDialect.Successor successor(Steer steer) {
        ObjectNode body = parsed(asked.utf8()) instanceof ObjectNode json ? json : Json.object();
        body.remove(List.of("generate", "conversation"));
        body.put("previous_response_id", steer.target()).set("input", steer.input());
        Steering place = new Steering(events, begun, done, deltas);
        return new SocketDialect.Successor(Json.write(body), Headers.of(SocketDialect.STEERED_HEADER, place.text()));
    }

    /** A text, or messages of the user. */
    private static boolean isInput(JsonNode input) {
        if (!input.isArray() || input.isEmpty()) {
            return input.isTextual() && !input.asText().isEmpty();
        }
        for (JsonNode item : input) {
            if (!item.path("role").asText().equals("user")) {
                return false;
            }
        }
        return true;
    }

    private String accepted(Steer steer) {
        ObjectNode event = event("accepted", events);
        event.putObject("steer").put("id", steer.id()).put("previous_response_id", steer.target());
        return ResponsesSocket.marked(lane, Json.text(event));
    }

    private String pending(Steer steer) {
        ObjectNode event = event("pending", events++);
        event.putObject("steer").put("id", steer.id()).put("previous_response_id", steer.target());
        ArrayNode required = event.put("reason", "waiting_for_required_input").putArray("required_input");
        for (ObjectNode call : calls) {
            String type = call.path("type").asText() + "_output";
            required.addObject()
                    .put("type", type)
                    .put("call_id", call.path("call_id").asText());
        }
        return ResponsesSocket.marked(lane, Json.text(event));
    }

    private SocketDialect.Steered failed(JsonNode input, String code, String message) {
        Failure failure = new Failure(current, input, code, message);
        return new SocketDialect.Steered(failure.told(lane, events), Optional.empty());
    }

    /** Why {@code target} is not steered; {@code input} goes back to the client. */
    record Failure(String target, JsonNode input, String code, String message) {
        String told(String lane, int number) {
            ObjectNode event = event("failed", number);
            event.putObject("steer").put("previous_response_id", target).set("input", input);
            event.putObject("error").put("code", code).put("message", message);
            return ResponsesSocket.marked(lane, Json.text(event));
        }
    }

    private static ObjectNode event(String what, int number) {
        return Json.object().put("type", "response.steer." + what).put("sequence_number", number);
    }

    /** An empty object where {@code text} is no JSON. */
    static JsonNode parsed(String text) {
        try {
            return Json.read(Bytes.utf8(text));
        } catch (IOException notJson) {
            return Json.object();
        }
    }
}
