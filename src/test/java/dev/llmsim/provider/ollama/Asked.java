package dev.llmsim.provider.ollama;

import com.fasterxml.jackson.databind.JsonNode;
import dev.llmsim.provider.conversation.Content;
import dev.llmsim.provider.conversation.Finish;
import dev.llmsim.provider.simulation.Answer;
import dev.llmsim.provider.simulation.FixedEngine;
import dev.llmsim.provider.simulation.SurfaceAnswer;
import java.util.List;

/** What the surface answered to one request, found by its path as the simulator finds it. */
record Asked(Answer answer) {
    private static final OllamaSurface SURFACE = new OllamaSurface();

    static FixedEngine saying(String... tokens) {
        return FixedEngine.answering(Finish.STOP, new Content.Text(List.of(tokens)));
    }

    static Asked post(FixedEngine engine, String target, String json) {
        return new Asked(SurfaceAnswer.of(SURFACE, engine, SurfaceAnswer.post("ollama", target, json))
                .answer());
    }

    static Asked get(String target) {
        return new Asked(SurfaceAnswer.of(SURFACE, saying("x"), SurfaceAnswer.get("ollama", target))
                .answer());
    }

    String text() {
        return new SurfaceAnswer(answer).text();
    }

    JsonNode json() {
        return SurfaceAnswer.parsed(text());
    }

    List<JsonNode> lines() {
        if (!text().endsWith("}\n")) {
            throw new AssertionError("the stream ends in: " + text());
        }
        return text().lines().map(SurfaceAnswer::parsed).toList();
    }

    /** The error of a request that is refused with {@code status}. */
    String error(int status) {
        if (answer.status() != status || json().size() != 1) {
            throw new AssertionError(answer.status() + " " + text());
        }
        return json().path("error").asText();
    }
}
