package dev.llmsim.gateway;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.llmsim.exchange.Bytes;
import dev.llmsim.exchange.Headers;
import dev.llmsim.mode.Session;
import dev.llmsim.mode.Sessions;
import dev.llmsim.provider.Dialect;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * {@code /llmsim/sessions}: lists sessions and makes one; {@code /llmsim/sessions/ID}: shows one and forgets it.
 */
final class SessionsPage implements OwnPage {
    private static final String PLACE = "/llmsim/sessions";
    private static final String BELOW = PLACE + "/";

    private final Sessions sessions;
    private final Routes routes;
    private final Refusals refusals;

    SessionsPage(GatewayParts parts) {
        this.sessions = parts.sessions();
        this.routes = parts.routes();
        this.refusals = new Refusals(parts.envelopes());
    }

    @Override
    public String place() {
        return PLACE;
    }

    @Override
    public List<String> methods(String path) {
        if (path.equals(PLACE)) {
            return List.of("GET", "POST");
        }
        return path.startsWith(BELOW) ? List.of("GET", "DELETE") : List.of();
    }

    @Override
    public OwnAnswer answer(Asked asked) {
        if (asked.path().equals(PLACE)) {
            return asked.method().equals("POST") ? create(asked.body()) : list();
        }
        String id = asked.path().substring(BELOW.length());
        return asked.method().equals("DELETE") ? forget(id) : show(id);
    }

    private OwnAnswer create(Bytes body) {
        ObjectNode told = OwnJson.read(body, List.of("id", "seed"));
        String id = id(told.get("id"));
        JsonNode seed = told.get("seed");
        Optional<Session> created = seed == null ? sessions.create(id) : sessions.create(id, seed(seed));
        return created.map(session ->
                        OwnAnswer.json(201, whole(session)).with(Headers.of("location", BELOW + session.id())))
                .orElseGet(() -> refusals.of(
                        Dialect.RAW,
                        409,
                        "session: " + id + " exists (expected: an id that is not in use; DELETE " + BELOW + id
                                + " forgets it)"));
    }

    private String id(@Nullable JsonNode told) {
        if (told == null) {
            return sessions.freeId();
        }
        if (!told.isTextual() || !Session.isId(told.textValue())) {
            throw OwnJson.wrong("id: " + told + " (expected: a string of " + Session.EXPECTED_ID + ")");
        }
        return told.textValue();
    }

    private static long seed(JsonNode told) {
        if (!told.isIntegralNumber() || !told.canConvertToLong()) {
            throw OwnJson.wrong("seed: " + told + " (expected: a whole number of 64 bits)");
        }
        return told.longValue();
    }

    private OwnAnswer list() {
        return OwnAnswer.json(200, OwnJson.write(json -> {
            json.writeArrayFieldStart("sessions");
            for (Session session : sessions.all()) {
                json.writeStartObject();
                write(session, json);
                json.writeEndObject();
            }
            json.writeEndArray();
        }));
    }

    private OwnAnswer show(String id) {
        return sessions.find(id)
                .map(session -> OwnAnswer.json(200, whole(session)))
                .orElseGet(() -> unknown(id));
    }

    private OwnAnswer forget(String id) {
        return sessions.forget(id) ? OwnAnswer.of(204, Headers.EMPTY, Bytes.EMPTY) : unknown(id);
    }

    private OwnAnswer unknown(String id) {
        return refusals.of(
                Dialect.RAW,
                404,
                "session: " + id + " is not known (expected: one of those that GET " + PLACE + " lists)");
    }

    private Bytes whole(Session session) {
        return OwnJson.write(json -> {
            write(session, json);
            json.writeStringField("api_key", SessionNaming.KEY_PREFIX + session.id());
            json.writeObjectFieldStart("base_paths");
            for (String upstream : routes.names()) {
                json.writeStringField(upstream, SessionPrefix.of(session.id()) + "/" + upstream);
            }
            json.writeEndObject();
        });
    }

    private static void write(Session session, JsonGenerator json) throws IOException {
        json.writeStringField("id", session.id());
        json.writeNumberField("seed", session.seed());
        json.writeNumberField("open", session.open());
        json.writeObjectFieldStart("requests");
        for (Map.Entry<String, Long> count : session.requestsBySource().entrySet()) {
            json.writeNumberField(count.getKey(), count.getValue());
        }
        json.writeEndObject();
        json.writeNumberField("calls", session.synth().calls());
        json.writeNumberField("cursors", session.cursorsInUse());
    }
}
