package dev.llmsim.provider.simulation;

import com.fasterxml.jackson.databind.JsonNode;
import dev.llmsim.exchange.Bytes;
import dev.llmsim.exchange.Headers;
import dev.llmsim.exchange.Request;
import java.io.IOException;
import java.io.UncheckedIOException;

/** What a surface answered to one request, found by its path as the simulator finds it. */
public record SurfaceAnswer(Answer answer) {
    public static SurfaceAnswer of(Surface surface, Engine engine, Request request) {
        for (Endpoint endpoint : surface.endpoints()) {
            var variables = endpoint.variables(request.path());
            if (endpoint.method().equals(request.method()) && variables.isPresent()) {
                try {
                    return new SurfaceAnswer(endpoint.answer(new Call(request, variables.get(), engine)));
                } catch (ApiErrorException e) {
                    return new SurfaceAnswer(surface.error(e.error()));
                }
            }
        }
        return new SurfaceAnswer(surface.error(surface.unknown(request)));
    }

    /** A request with a JSON body to the upstream called {@code name}. */
    public static Request post(String name, String target, String json) {
        return new Request(name, "POST", target, Headers.of("content-type", "application/json"), Bytes.utf8(json));
    }

    public static Request get(String name, String target) {
        return new Request(name, "GET", target, Headers.EMPTY, Bytes.EMPTY);
    }

    public String text() {
        return Bytes.concat(answer.pieces().stream().map(Piece::bytes).toList()).utf8();
    }

    public JsonNode json() {
        return parsed(text());
    }

    public static JsonNode parsed(String json) {
        try {
            return Json.parse(json);
        } catch (IOException e) {
            throw new UncheckedIOException(json, e);
        }
    }
}
