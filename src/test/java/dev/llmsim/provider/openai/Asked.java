package dev.llmsim.provider.openai;

import com.fasterxml.jackson.databind.JsonNode;
import dev.llmsim.exchange.Request;
import dev.llmsim.provider.conversation.Content;
import dev.llmsim.provider.conversation.Finish;
import dev.llmsim.provider.simulation.Answer;
import dev.llmsim.provider.simulation.FixedEngine;
import dev.llmsim.provider.simulation.SurfaceAnswer;
import java.util.ArrayList;
import java.util.List;

/** What the surface answered to one request, found by its path as the simulator finds it. */
record Asked(Answer answer) {
    private static final OpenAiSurface SURFACE = new OpenAiSurface(List.of());

    /** An engine that says {@code tokens}. */
    static FixedEngine saying(String... tokens) {
        return FixedEngine.answering(Finish.STOP, new Content.Text(List.of(tokens)));
    }

    static Asked post(FixedEngine engine, String target, String json) {
        return ask(engine, SurfaceAnswer.post("openai", target, json));
    }

    static Asked get(FixedEngine engine, String target) {
        return ask(engine, SurfaceAnswer.get("openai", target));
    }

    static Asked ask(FixedEngine engine, Request request) {
        return new Asked(
                SurfaceAnswer.of(SURFACE, new LetteredEngine(engine), request).answer());
    }

    String text() {
        return new SurfaceAnswer(answer).text();
    }

    JsonNode json() {
        return parsed(text());
    }

    /** The data of the events, but for the last one, which has to be {@code [DONE]}. */
    List<JsonNode> chunks() {
        return chunks(text());
    }

    static List<JsonNode> chunks(String stream) {
        List<JsonNode> chunks = new ArrayList<>();
        String[] events = stream.split("\n\n");
        for (int i = 0; i < events.length - 1; i++) {
            chunks.add(parsed(events[i].substring("data: ".length())));
        }
        if (!events[events.length - 1].equals("data: [DONE]") || !stream.endsWith("\n\n")) {
            throw new AssertionError("the stream ends in: " + events[events.length - 1]);
        }
        return chunks;
    }

    static JsonNode parsed(String json) {
        return SurfaceAnswer.parsed(json);
    }
}
