package dev.llmsim.provider.openai.responses;

import com.fasterxml.jackson.databind.JsonNode;
import dev.llmsim.exchange.Bytes;
import dev.llmsim.exchange.Headers;
import dev.llmsim.exchange.Request;
import dev.llmsim.provider.conversation.Content;
import dev.llmsim.provider.conversation.Finish;
import dev.llmsim.provider.openai.LetteredEngine;
import dev.llmsim.provider.openai.OpenAiSurface;
import dev.llmsim.provider.simulation.Answer;
import dev.llmsim.provider.simulation.FixedEngine;
import dev.llmsim.provider.simulation.SurfaceAnswer;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** What was answered to one request of a session. */
record Asked(Answer answer) {
    static final String PATH = "/v1/responses";
    private static final OpenAiSurface SURFACE = new OpenAiSurface(ResponsesEndpoints.all());

    /** One session: what is stored stays, ids go on. */
    record Session(FixedEngine fixed, LetteredEngine engine) {
        static Session of(FixedEngine fixed) {
            return new Session(fixed, new LetteredEngine(fixed));
        }

        static Session saying(String... tokens) {
            return of(FixedEngine.answering(Finish.STOP, new Content.Text(List.of(tokens))));
        }

        /** A request for {@code json} with single quotes in place of double ones. */
        Asked create(String json) {
            return post(PATH, json);
        }

        Asked post(String target, String json) {
            return ask(SurfaceAnswer.post("openai", target, json.replace('\'', '"')));
        }

        Asked get(String target) {
            return ask(SurfaceAnswer.get("openai", target));
        }

        Asked delete(String target) {
            return ask(new Request("openai", "DELETE", target, Headers.EMPTY, Bytes.EMPTY));
        }

        Asked ask(Request request) {
            return new Asked(SurfaceAnswer.of(SURFACE, engine, request).answer());
        }
    }

    String text() {
        return new SurfaceAnswer(answer).text();
    }

    JsonNode json() {
        return SurfaceAnswer.parsed(text());
    }

    String id() {
        return json().path("id").asText();
    }

    List<JsonNode> events() {
        return events(text());
    }

    /** The data of the events, each under its own type. */
    static List<JsonNode> events(String stream) {
        List<JsonNode> events = new ArrayList<>();
        for (String event : stream.split("\n\n")) {
            String[] lines = event.split("\n");
            JsonNode data = SurfaceAnswer.parsed(lines[1].substring("data: ".length()));
            if (lines.length != 2
                    || !lines[0].equals("event: " + data.path("type").asText())) {
                throw new AssertionError("an event of another form: " + event);
            }
            events.add(data);
        }
        return events;
    }

    /** The types of the events without {@code response.}, those of deltas once however many there are in a row. */
    List<String> types() {
        List<String> types = new ArrayList<>();
        for (JsonNode event : events()) {
            String type = event.path("type").asText().replaceFirst("^response\\.", "");
            if (types.isEmpty() || !types.get(types.size() - 1).equals(type)) {
                types.add(type);
            }
        }
        return types;
    }

    /** The deltas of events of {@code type}, joined. */
    String joined(String type) {
        return events().stream()
                .filter(event -> event.path("type").asText().equals(type))
                .map(event -> event.path("delta").asText())
                .collect(Collectors.joining());
    }

    JsonNode last() {
        List<JsonNode> events = events();
        return events.get(events.size() - 1);
    }

    String error() {
        JsonNode error = json().path("error");
        return answer.status() + " " + error.path("type").asText() + " "
                + error.path("param").asText("-") + " " + error.path("code").asText("-") + ": "
                + error.path("message").asText();
    }
}
