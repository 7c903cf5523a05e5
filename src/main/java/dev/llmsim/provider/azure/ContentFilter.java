package dev.llmsim.provider.azure;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.llmsim.exchange.Bytes;
import dev.llmsim.provider.simulation.Answer;
import dev.llmsim.provider.simulation.Json;
import dev.llmsim.provider.simulation.Piece;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Adds to OpenAI's answers what Azure's content filters found, which here is nothing; members stand in the order of their names. */
final class ContentFilter {
    private static final String DATA = "data: {";
    private static final String RESULTS = "content_filter_results";
    private static final List<String> CATEGORIES = List.of("hate", "self_harm", "sexual", "violence");

    private ContentFilter() {}

    static Answer apply(Answer answer) {
        List<Piece> pieces = new ArrayList<>();
        boolean streamed = answer.work().streamed();
        if (streamed) {
            pieces.add(new Piece(0, event(first())));
        }
        for (Piece piece : answer.pieces()) {
            pieces.add(new Piece(piece.tokens(), streamed ? chunk(piece.bytes()) : whole(piece.bytes())));
        }
        return new Answer(answer.status(), answer.headers(), answer.framing(), pieces, answer.work());
    }

    /** What comes before any choice, in the form that was recorded. */
    private static ObjectNode first() {
        ObjectNode json = Json.object();
        json.putArray("choices");
        json.put("created", 0).put("id", "").put("model", "").put("object", "");
        return json.set("prompt_filter_results", prompt());
    }

    private static ArrayNode prompt() {
        ArrayNode results = Json.object().arrayNode();
        ObjectNode found = nothing();
        found.putObject("jailbreak").put("filtered", false).put("detected", false);
        results.addObject().put("prompt_index", 0).set(RESULTS, sorted(found));
        return results;
    }

    private static Bytes chunk(Bytes event) {
        String text = event.utf8();
        if (!text.startsWith(DATA)) {
            return event;
        }
        ObjectNode json = read(Bytes.utf8(text.substring(DATA.length() - 1)));
        for (JsonNode choice : json.path("choices")) {
            boolean speaks = !choice.path("delta").path("content").asText("").isEmpty()
                    || !choice.path("text").asText("").isEmpty();
            ((ObjectNode) choice).set(RESULTS, speaks ? nothing() : Json.object());
        }
        json.remove("service_tier");
        return event(sorted(json));
    }

    private static Bytes whole(Bytes body) {
        ObjectNode json = read(body);
        for (JsonNode choice : json.path("choices")) {
            boolean calls = choice.path("message").has("tool_calls");
            ((ObjectNode) choice).set(RESULTS, calls ? Json.object() : nothing());
        }
        json.remove("service_tier");
        json.set("prompt_filter_results", prompt());
        return Json.write(sorted(json));
    }

    private static ObjectNode nothing() {
        ObjectNode json = Json.object();
        CATEGORIES.forEach(
                category -> json.putObject(category).put("filtered", false).put("severity", "safe"));
        return json;
    }

    private static JsonNode sorted(JsonNode node) {
        if (node instanceof ArrayNode array) {
            ArrayNode sorted = array.arrayNode();
            array.forEach(element -> sorted.add(sorted(element)));
            return sorted;
        }
        if (!(node instanceof ObjectNode object)) {
            return node;
        }
        Map<String, JsonNode> members = new TreeMap<>();
        object.properties().forEach(member -> members.put(member.getKey(), sorted(member.getValue())));
        return Json.object().setAll(members);
    }

    private static Bytes event(JsonNode json) {
        return Bytes.utf8("data: " + Json.text(json) + "\n\n");
    }

    private static ObjectNode read(Bytes json) {
        try {
            return (ObjectNode) Json.read(json);
        } catch (IOException e) {
            throw new UncheckedIOException("an answer of our own is JSON", e);
        }
    }
}
