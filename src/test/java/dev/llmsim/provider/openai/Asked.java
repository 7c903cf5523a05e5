package dev.llmsim.provider.openai;

import com.fasterxml.jackson.databind.JsonNode;
import dev.llmsim.exchange.Bytes;
import dev.llmsim.exchange.Headers;
import dev.llmsim.exchange.Request;
import dev.llmsim.provider.conversation.Content;
import dev.llmsim.provider.conversation.Finish;
import dev.llmsim.provider.simulation.Answer;
import dev.llmsim.provider.simulation.ApiErrorException;
import dev.llmsim.provider.simulation.Call;
import dev.llmsim.provider.simulation.Endpoint;
import dev.llmsim.provider.simulation.Engine;
import dev.llmsim.provider.simulation.FixedEngine;
import dev.llmsim.provider.simulation.Json;
import dev.llmsim.provider.simulation.Piece;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/** What the surface answered to one request, found by its path as the simulator finds it. */
record Asked(Answer answer) {
    private static final OpenAiSurface SURFACE = new OpenAiSurface(List.of());

    /** An engine that says {@code tokens}. */
    static FixedEngine saying(String... tokens) {
        return FixedEngine.answering(Finish.STOP, new Content.Text(List.of(tokens)));
    }

    static Asked post(FixedEngine engine, String path, String json) {
        Headers headers = Headers.of("content-type", "application/json");
        return ask(engine, new Request("openai", "POST", path, headers, Bytes.utf8(json)));
    }

    static Asked get(FixedEngine engine, String path) {
        return ask(engine, new Request("openai", "GET", path, Headers.EMPTY, Bytes.EMPTY));
    }

    static Asked ask(FixedEngine engine, Request request) {
        Engine lettered = new LetteredEngine(engine);
        for (Endpoint endpoint : SURFACE.endpoints()) {
            var variables = endpoint.variables(request.path());
            if (endpoint.method().equals(request.method()) && variables.isPresent()) {
                try {
                    return new Asked(endpoint.handler().apply(new Call(request, variables.get(), lettered)));
                } catch (ApiErrorException e) {
                    return new Asked(SURFACE.error(e.error()));
                }
            }
        }
        return new Asked(SURFACE.error(SURFACE.unknown(request)));
    }

    String text() {
        return Bytes.concat(answer.pieces().stream().map(Piece::bytes).toList()).utf8();
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
        try {
            return Json.parse(json);
        } catch (IOException e) {
            throw new UncheckedIOException(json, e);
        }
    }
}
