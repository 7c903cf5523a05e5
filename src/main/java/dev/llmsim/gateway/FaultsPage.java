package dev.llmsim.gateway;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.llmsim.exchange.Bytes;
import dev.llmsim.exchange.Headers;
import dev.llmsim.mode.Session;
import dev.llmsim.mode.Sessions;
import dev.llmsim.synth.faults.Fault;
import io.netty.handler.codec.http.QueryStringDecoder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** {@code /llmsim/faults}: shows, sets and ends the faults of all answers, with {@code ?session=ID} of those of one session. */
final class FaultsPage implements OwnPage {
    static final String PLACE = "/llmsim/faults";

    private static final String SESSION = "session";

    private final Sessions sessions;

    FaultsPage(GatewayParts parts) {
        this.sessions = parts.sessions();
    }

    @Override
    public String place() {
        return PLACE;
    }

    @Override
    public List<String> methods(String path) {
        return path.equals(PLACE) ? List.of("GET", "POST", "DELETE") : List.of();
    }

    @Override
    public OwnAnswer answer(Asked asked) {
        String named = ofQuery(asked.query());
        return switch (asked.method()) {
            case "POST" -> set(named, OwnJson.read(asked.body(), List.of("faults", SESSION)));
            case "DELETE" -> end(named);
            default -> show(named);
        };
    }

    private OwnAnswer set(@Nullable String named, ObjectNode told) {
        List<Fault> faults = faults(told.get("faults"));
        JsonNode inBody = told.get(SESSION);
        String id = inBody == null ? named : checked(inBody.isTextual() ? inBody.textValue() : inBody.toString());
        if (named != null && !named.equals(id)) {
            throw OwnJson.wrong("session: " + named + " in the query, " + id + " in the body (expected: one of them)");
        }
        if (id == null) {
            sessions.faults(faults);
            return OwnAnswer.json(200, written(null, faults, false));
        }
        sessions.at(id).faults(faults);
        return OwnAnswer.json(200, written(id, faults, true));
    }

    private static List<Fault> faults(@Nullable JsonNode told) {
        if (told == null || !told.isArray()) {
            throw OwnJson.wrong("faults: " + (told == null ? "missing" : told)
                    + " (expected: an array of strings such as \"cut@frame=3\"; an empty one for no faults)");
        }
        List<Fault> faults = new ArrayList<>();
        for (JsonNode one : told) {
            if (!one.isTextual()) {
                throw OwnJson.wrong("faults: " + one + " (expected: a string such as \"cut@frame=3\")");
            }
            faults.addAll(Fault.parseAll(one.textValue()));
        }
        return faults;
    }

    private OwnAnswer end(@Nullable String named) {
        if (named == null) {
            sessions.faults(List.of());
        } else {
            sessions.find(named).ifPresent(session -> session.faults(null));
        }
        return OwnAnswer.of(204, Headers.EMPTY, Bytes.EMPTY);
    }

    private OwnAnswer show(@Nullable String named) {
        if (named == null) {
            return OwnAnswer.json(200, written(null, sessions.faults(), false));
        }
        Optional<List<Fault>> own = sessions.find(named).flatMap(Session::faults);
        return OwnAnswer.json(200, written(named, own.orElseGet(sessions::faults), own.isPresent()));
    }

    private static Bytes written(@Nullable String session, List<Fault> faults, boolean own) {
        return OwnJson.write(json -> {
            if (session != null) {
                json.writeStringField(SESSION, session);
                json.writeBooleanField("own", own);
            }
            json.writeArrayFieldStart("faults");
            for (Fault fault : faults) {
                json.writeString(fault.text());
            }
            json.writeEndArray();
        });
    }

    private static @Nullable String ofQuery(String query) {
        List<String> named = new QueryStringDecoder(query, false).parameters().get(SESSION);
        return named == null ? null : checked(named.get(0));
    }

    private static String checked(String id) {
        if (!Session.isId(id)) {
            throw OwnJson.wrong("session: \"" + id + "\" (expected: " + Session.EXPECTED_ID + ")");
        }
        return id;
    }
}
