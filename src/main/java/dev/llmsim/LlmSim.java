package dev.llmsim;

import dev.llmsim.gateway.GatewayServer;
import dev.llmsim.mode.Mode;
import dev.llmsim.mode.Session;
import dev.llmsim.mode.Sessions;
import dev.llmsim.recorder.Recorder;
import dev.llmsim.recorder.RecorderSummary;
import dev.llmsim.store.Tape;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import org.jspecify.annotations.Nullable;

/**
 * A running gateway. Owns its server, its recorder and its tape, which {@link #close} ends in that order.
 *
 * <pre>{@code
 * try (LlmSim sim = LlmSim.builder(Mode.REPLAY).files(List.of(Path.of("cassettes"))).port(0).start()) {
 *     client = OpenAIOkHttpClient.builder().baseUrl(sim.baseUrl("openai") + "/v1").apiKey("any").build();
 * }
 * }</pre>
 */
public final class LlmSim implements AutoCloseable {
    /** No open stream waits for this: it ends when all that has ended is on the tape, and sooner only on a very slow disk. */
    private static final Duration SEAL = Duration.ofSeconds(60);

    private final Mode mode;
    private final GatewayServer server;
    private final Sessions sessions;
    private final ExecutorService work;
    private final @Nullable Taped tapedOrNull;

    /** The tape of a gateway and, where it writes, the recorder. */
    record Taped(Tape tape, @Nullable Recorder recorderOrNull) {}

    /** What a gateway works with and ends behind its server. */
    record Behind(ExecutorService work, @Nullable Taped tapedOrNull) {}

    LlmSim(Mode mode, GatewayServer server, Sessions sessions, Behind behind) {
        this.mode = mode;
        this.server = server;
        this.sessions = sessions;
        this.work = behind.work();
        this.tapedOrNull = behind.tapedOrNull();
    }

    /** A gateway of {@code mode}, to be configured and started. */
    public static LlmSimBuilder builder(Mode mode) {
        return new LlmSimBuilder(mode);
    }

    /** The version of this build. */
    public static String version() {
        return Version.CURRENT;
    }

    public Mode mode() {
        return mode;
    }

    /** {@code http://HOST:PORT}; a wildcard address is shown as loopback, where clients of this machine find it. */
    public URI address() {
        InetSocketAddress bound = server.address();
        InetAddress address = bound.getAddress();
        String host = address.isAnyLocalAddress() ? "127.0.0.1" : address.getHostAddress();
        return URI.create("http://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + bound.getPort());
    }

    /** What a client of {@code upstream} takes for the provider's address: {@code http://HOST:PORT/NAME}. */
    public URI baseUrl(String upstream) {
        return URI.create(address() + "/" + upstream);
    }

    /**
     * The session with this id, which is created where it is unknown: a private view of this gateway, for one test.
     *
     * @param id 1 to 128 letters, digits, {@code -}, {@code _} and {@code .}
     * @throws IllegalArgumentException where that is no id
     */
    public LlmSimSession session(String id) {
        return new LlmSimSession(this, sessions, sessions.at(id));
    }

    /**
     * A new session whose simulated answers follow from {@code seed}.
     *
     * @throws IllegalArgumentException where that is no id
     * @throws IllegalStateException where there is a session of this id
     */
    public LlmSimSession session(String id, long seed) {
        Session created = sessions.create(id, seed)
                .orElseThrow(() -> new IllegalStateException(
                        "session: " + id + " exists (expected: an id that is not in use; close the session first)"));
        return new LlmSimSession(this, sessions, created);
    }

    /** What the recorder has done so far; empty where this mode does not write. */
    public Optional<RecorderSummary> recorded() {
        return Optional.ofNullable(tapedOrNull).map(Taped::recorderOrNull).map(Recorder::summary);
    }

    /**
     * Stops accepting, lets open streams go on for at most {@code drain}, writes what has ended, closes the tape.
     *
     * @return what the recorder has done; empty where this mode does not write
     */
    public Optional<RecorderSummary> close(Duration drain) {
        try {
            server.close(drain);
            return Optional.ofNullable(tapedOrNull).flatMap(LlmSim::seal);
        } finally {
            work.shutdown();
        }
    }

    /** Ends the drain of a {@link #close(Duration)} that is under way or to come: streams that are open are cut. Thread-safe. */
    public void hurry() {
        server.hurry();
    }

    /** How many requests are being answered. */
    public long openExchanges() {
        return server.openExchanges();
    }

    /** How many requests the simulator has answered. */
    public long syntheticAnswers() {
        return server.syntheticAnswers();
    }

    /** Closes with a drain of 10 s. */
    @Override
    public void close() {
        close(Duration.ofSeconds(10));
    }

    private static Optional<RecorderSummary> seal(Taped taped) {
        Recorder recorder = taped.recorderOrNull();
        try {
            return recorder == null ? Optional.empty() : Optional.of(recorder.close(SEAL));
        } finally {
            taped.tape().close();
        }
    }
}
