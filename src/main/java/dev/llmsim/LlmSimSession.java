package dev.llmsim;

import dev.llmsim.mode.Session;
import dev.llmsim.mode.Sessions;
import dev.llmsim.synth.faults.Fault;
import java.net.URI;
import java.util.List;
import java.util.Map;

/**
 * One session of a running gateway: how far it has come in recordings that repeat, its seed, what it was asked. Sessions do not
 * see each other. Closing it forgets it; a request with its address then begins it anew.
 *
 * <pre>{@code
 * try (LlmSimSession session = sim.session("checkout-1")) {
 *     client = OpenAIOkHttpClient.builder().baseUrl(session.baseUrl("openai") + "/v1").apiKey("any").build();
 * }
 * }</pre>
 */
public final class LlmSimSession implements AutoCloseable {
    private final LlmSim gateway;
    private final Sessions sessions;
    private final Session session;

    LlmSimSession(LlmSim gateway, Sessions sessions, Session session) {
        this.gateway = gateway;
        this.sessions = sessions;
        this.session = session;
    }

    public String id() {
        return session.id();
    }

    /** What the simulator draws in this session follows from this and from the requests. */
    public long seed() {
        return session.seed();
    }

    /** What a client of {@code upstream} takes for the provider's address: {@code http://HOST:PORT/s/ID/NAME}. */
    public URI baseUrl(String upstream) {
        return URI.create(gateway.address() + "/s/" + id() + "/" + upstream);
    }

    /** The API key that names this session, for clients whose address cannot be changed: {@code llmsim-ID}. */
    public String apiKey() {
        return "llmsim-" + id();
    }

    /** How many requests were answered here, by {@code x-llmsim-source}. */
    public Map<String, Long> requestsBySource() {
        return session.requestsBySource();
    }

    /** Does {@code done} to answers of this session from now on, in place of what is done to those of others. */
    public void faults(List<Fault> done) {
        session.faults(done);
    }

    /** Forgets the session. */
    @Override
    public void close() {
        sessions.forget(id());
    }
}
