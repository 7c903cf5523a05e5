package dev.llmsim.provider.bedrock;

import com.fasterxml.jackson.databind.JsonNode;
import dev.llmsim.exchange.Bytes;
import dev.llmsim.exchange.Frame;
import dev.llmsim.provider.conversation.Content;
import dev.llmsim.provider.conversation.Finish;
import dev.llmsim.provider.framing.EventStreamMessage;
import dev.llmsim.provider.framing.Framer;
import dev.llmsim.provider.framing.Framers;
import dev.llmsim.provider.simulation.Answer;
import dev.llmsim.provider.simulation.Engine;
import dev.llmsim.provider.simulation.FixedEngine;
import dev.llmsim.provider.simulation.Json;
import dev.llmsim.provider.simulation.Piece;
import dev.llmsim.provider.simulation.SurfaceAnswer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/** What the surface answered to one request, found by its path as the simulator finds it. */
record Asked(Answer answer) {
    private static final BedrockSurface SURFACE = new BedrockSurface();

    /** An event of a binary stream. */
    record Event(String type, JsonNode payload) {}

    /** An engine that says {@code tokens}. */
    static FixedEngine saying(String... tokens) {
        return FixedEngine.answering(Finish.STOP, new Content.Text(List.of(tokens)));
    }

    /** @param model as it stands in the path */
    static Asked post(Engine engine, String model, String operation, String json) {
        String target = "/model/" + model + "/" + operation;
        return new Asked(SurfaceAnswer.of(SURFACE, engine, SurfaceAnswer.post("bedrock", target, json))
                .answer());
    }

    Bytes body() {
        return Bytes.concat(answer.pieces().stream().map(Piece::bytes).toList());
    }

    JsonNode json() {
        return read(body());
    }

    String header(String name) {
        return answer.headers().first(name).orElse("");
    }

    List<Event> events() {
        return events(body());
    }

    /** The events of a stream, cut by the framer that recordings are cut with. */
    static List<Event> events(Bytes stream) {
        Framer framer = Framers.forContentType(EventStreamMessage.MEDIA_TYPE);
        List<Frame> frames = new ArrayList<>(framer.feed(stream, 0));
        frames.addAll(framer.finish());
        return frames.stream()
                .map(frame -> EventStreamMessage.parse(frame.bytes()).orElseThrow())
                .map(message -> new Event(message.text(":event-type").orElseThrow(), read(message.payload())))
                .toList();
    }

    static JsonNode read(Bytes json) {
        try {
            return Json.read(json);
        } catch (IOException e) {
            throw new UncheckedIOException(json.utf8(), e);
        }
    }
}
