package dev.llmsim.provider.gemini;

import com.fasterxml.jackson.databind.JsonNode;
import dev.llmsim.exchange.Request;
import dev.llmsim.provider.conversation.Content;
import dev.llmsim.provider.conversation.Finish;
import dev.llmsim.provider.conversation.Prompt;
import dev.llmsim.provider.simulation.Answer;
import dev.llmsim.provider.simulation.FixedEngine;
import dev.llmsim.provider.simulation.SurfaceAnswer;
import java.util.ArrayList;
import java.util.List;

/** What the surface answered to one request, found by its path as the simulator finds it. */
record Asked(Answer answer) {
    static final String WHOLE = "/v1beta/models/gemini-2.5-flash:generateContent";
    static final String STREAM = "/v1beta/models/gemini-2.5-flash:streamGenerateContent?alt=sse";

    private static final GeminiSurface SURFACE = new GeminiSurface();

    /** An engine that says {@code tokens}. */
    static FixedEngine saying(String... tokens) {
        return FixedEngine.answering(Finish.STOP, new Content.Text(List.of(tokens)));
    }

    /** What is read from a request that says hi and has {@code members}. */
    static Prompt prompt(String members) {
        FixedEngine engine = saying("x");
        Asked asked = post(engine, WHOLE, hi(members));
        if (asked.answer().status() != 200) {
            throw new AssertionError(asked.text());
        }
        return engine.prompts().get(0);
    }

    static String hi(String members) {
        return "{\"contents\":[{\"role\":\"user\",\"parts\":[{\"text\":\"hi\"}]}]"
                + (members.isEmpty() ? "" : "," + members) + "}";
    }

    static Asked post(FixedEngine engine, String target, String json) {
        return ask(engine, SurfaceAnswer.post("gemini", target, json));
    }

    static Asked get(FixedEngine engine, String target) {
        return ask(engine, SurfaceAnswer.get("gemini", target));
    }

    static Asked ask(FixedEngine engine, Request request) {
        return new Asked(SurfaceAnswer.of(SURFACE, engine, request).answer());
    }

    String text() {
        return new SurfaceAnswer(answer).text();
    }

    JsonNode json() {
        return parsed(text());
    }

    List<JsonNode> chunks() {
        return chunks(text(), "\n\n");
    }

    /** The data of the events; every one has to be data and nothing else, and the last one has to end. */
    static List<JsonNode> chunks(String stream, String end) {
        List<JsonNode> chunks = new ArrayList<>();
        for (String event : stream.split(end)) {
            if (!event.startsWith("data: {") || event.contains("\n")) {
                throw new AssertionError("not one line of data: " + event);
            }
            chunks.add(parsed(event.substring("data: ".length())));
        }
        if (!stream.endsWith(end)) {
            throw new AssertionError("the last event does not end");
        }
        return chunks;
    }

    static JsonNode parsed(String json) {
        return SurfaceAnswer.parsed(json);
    }
}
