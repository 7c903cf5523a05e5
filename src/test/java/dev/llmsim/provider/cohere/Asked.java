package dev.llmsim.provider.cohere;

import com.fasterxml.jackson.databind.JsonNode;
import dev.llmsim.provider.conversation.Content;
import dev.llmsim.provider.conversation.Finish;
import dev.llmsim.provider.simulation.Answer;
import dev.llmsim.provider.simulation.FixedEngine;
import dev.llmsim.provider.simulation.SurfaceAnswer;
import java.util.ArrayList;
import java.util.List;

/** What the surface answered to one request, found by its path as the simulator finds it. */
record Asked(Answer answer) {
    private static final CohereSurface SURFACE = new CohereSurface();

    static FixedEngine saying(String... tokens) {
        return FixedEngine.answering(Finish.STOP, new Content.Text(List.of(tokens)));
    }

    static Asked post(FixedEngine engine, String target, String json) {
        return new Asked(SurfaceAnswer.of(SURFACE, engine, SurfaceAnswer.post("cohere", target, json))
                .answer());
    }

    static Asked chat(FixedEngine engine, String more) {
        return post(
                engine,
                "/v2/chat",
                "{\"model\":\"command-a-03-2025\",\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]" + more + "}");
    }

    String text() {
        return new SurfaceAnswer(answer).text();
    }

    JsonNode json() {
        return SurfaceAnswer.parsed(text());
    }

    /** The data of the events, each under its own name, but for the last one, which has to be {@code [DONE]}. */
    List<JsonNode> events() {
        String[] events = text().split("\n\n");
        List<JsonNode> read = new ArrayList<>();
        for (int i = 0; i < events.length - 1; i++) {
            String[] lines = events[i].split("\n");
            JsonNode data = SurfaceAnswer.parsed(lines[1].substring("data: ".length()));
            if (lines.length != 2
                    || !lines[0].equals("event: " + data.path("type").asText())) {
                throw new AssertionError("not an event of its own name: " + events[i]);
            }
            read.add(data);
        }
        if (!events[events.length - 1].equals("data: [DONE]")) {
            throw new AssertionError("the stream ends in: " + events[events.length - 1]);
        }
        return read;
    }
}
