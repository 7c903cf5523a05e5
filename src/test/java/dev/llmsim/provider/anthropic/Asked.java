package dev.llmsim.provider.anthropic;

import com.fasterxml.jackson.databind.JsonNode;
import dev.llmsim.exchange.Request;
import dev.llmsim.provider.conversation.Content;
import dev.llmsim.provider.conversation.Finish;
import dev.llmsim.provider.simulation.Answer;
import dev.llmsim.provider.simulation.Engine;
import dev.llmsim.provider.simulation.FixedEngine;
import dev.llmsim.provider.simulation.SurfaceAnswer;
import java.util.ArrayList;
import java.util.List;

/** What the surface answered to one request, found by its path as the simulator finds it. */
record Asked(Answer answer) {
    private static final AnthropicSurface SURFACE = new AnthropicSurface();

    /** An engine that says {@code tokens}. */
    static FixedEngine saying(String... tokens) {
        return FixedEngine.answering(Finish.STOP, new Content.Text(List.of(tokens)));
    }

    static Asked post(Engine engine, String target, String json) {
        return ask(engine, SurfaceAnswer.post("anthropic", target, json));
    }

    static Asked get(Engine engine, String target) {
        return ask(engine, SurfaceAnswer.get("anthropic", target));
    }

    static Asked ask(Engine engine, Request request) {
        return new Asked(SurfaceAnswer.of(SURFACE, engine, request).answer());
    }

    String text() {
        return new SurfaceAnswer(answer).text();
    }

    JsonNode json() {
        return parsed(text());
    }

    List<JsonNode> events() {
        return events(text());
    }

    /** The data of the events, each of which has to be named after its type. */
    static List<JsonNode> events(String stream) {
        List<JsonNode> events = new ArrayList<>();
        for (String event : stream.strip().split("\n\n")) {
            String[] lines = event.split("\n");
            JsonNode data = parsed(lines[1].substring("data: ".length()));
            if (lines.length != 2
                    || !lines[0].equals("event: " + data.path("type").asText())) {
                throw new AssertionError("an event with another name than its type: " + event);
            }
            events.add(data);
        }
        return events;
    }

    static JsonNode parsed(String json) {
        return SurfaceAnswer.parsed(json);
    }
}
