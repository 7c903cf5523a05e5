package dev.llmsim.provider.anthropic;

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
    private static final AnthropicSurface SURFACE = new AnthropicSurface();

    /** An engine that says {@code tokens}. */
    static FixedEngine saying(String... tokens) {
        return FixedEngine.answering(Finish.STOP, new Content.Text(List.of(tokens)));
    }

    static Asked post(Engine engine, String path, String json) {
        return ask(engine, new Request("anthropic", "POST", path, Headers.EMPTY, Bytes.utf8(json)));
    }

    static Asked get(Engine engine, String path) {
        return ask(engine, new Request("anthropic", "GET", path, Headers.EMPTY, Bytes.EMPTY));
    }

    static Asked ask(Engine engine, Request request) {
        for (Endpoint endpoint : SURFACE.endpoints()) {
            var variables = endpoint.variables(request.path());
            if (endpoint.method().equals(request.method()) && variables.isPresent()) {
                try {
                    return new Asked(endpoint.handler().apply(new Call(request, variables.get(), engine)));
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
        try {
            return Json.parse(json);
        } catch (IOException e) {
            throw new UncheckedIOException(json, e);
        }
    }
}
