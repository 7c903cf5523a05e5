package dev.llmsim;

import static dev.llmsim.testkit.RawMessage.head;
import static org.assertj.core.api.Assertions.assertThat;

import dev.llmsim.cassette.Cassette;
import dev.llmsim.cassette.CassetteFiles;
import dev.llmsim.gateway.Proxies;
import dev.llmsim.mode.Mode;
import dev.llmsim.provider.Upstreams;
import dev.llmsim.store.H2Tape;
import dev.llmsim.store.Tape;
import dev.llmsim.testkit.RawConnection;
import dev.llmsim.testkit.RawUpstream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Replay connects to nobody. A tripwire listens where upstreams and proxies would be; it accepts in the order of connecting,
 * so that the test's own connection, made last, must be the first it sees.
 */
class NoEgressTest {
    @TempDir
    private Path folder;

    private ServerSocket tripwire;

    @BeforeEach
    void listen() throws Exception {
        tripwire = new ServerSocket(0, 1024, InetAddress.getLoopbackAddress());
        try (RawUpstream upstream = RawUpstream.answering(head("HTTP/1.1 200 OK", "Content-Length: 2") + "ok");
                LlmSim recording = LlmSim.builder(Mode.RECORD)
                        .store(tape())
                        .upstreams(Upstreams.wellKnown().with("openai=" + upstream.uri()))
                        .start()) {
            for (String request : List.of(chat("twice"), chat("twice"), chat("once"))) {
                assertThat(ask(recording, request)).startsWith("HTTP/1.1 200 ").contains("x-llmsim-source: upstream");
            }
        }
    }

    @AfterEach
    void close() throws Exception {
        tripwire.close();
    }

    private Path tape() {
        return folder.resolve("tape");
    }

    /** Every upstream that is not named here is reached over the proxy, and that is the tripwire too. */
    private LlmSimBuilder towardsTheTripwire(Mode mode) {
        String address = "http://127.0.0.1:" + tripwire.getLocalPort();
        return LlmSim.builder(mode)
                .gateway(config -> config.withProxies(Proxies.of(address, address, "127.0.0.1")))
                .upstreams(Upstreams.wellKnown().with("openai=" + address).with("mine=" + address));
    }

    @Test
    void theTripwireNoticesAGatewayThatForwards() throws Exception {
        try (LlmSim forwarding = towardsTheTripwire(Mode.PASSTHROUGH).start();
                RawConnection client = RawConnection.to(addressOf(forwarding))) {
            client.send(chat("once"));
            try (Socket first = tripwire.accept()) {
                assertThat(new RawConnection(first).readHead()).startsWith("POST /v1/chat/completions ");
            }
            client.send(head("POST /anthropic/v1/messages HTTP/1.1", "Host: localhost", "Content-Length: 0"));
        }
    }

    @Test
    void theTripwireNoticesAGatewayThatForwardsOverAProxy() throws Exception {
        try (LlmSim forwarding = towardsTheTripwire(Mode.PASSTHROUGH).start();
                RawConnection client = RawConnection.to(addressOf(forwarding))) {
            client.send(head("POST /anthropic/v1/messages HTTP/1.1", "Host: localhost", "Content-Length: 0"));
            try (Socket first = tripwire.accept()) {
                assertThat(new RawConnection(first).readHead()).startsWith("CONNECT api.anthropic.com:443 ");
            }
        }
    }

    @Test
    void replayOfATapeConnectsToNobody() throws Exception {
        provoke(towardsTheTripwire(Mode.REPLAY).store(tape()));
    }

    @Test
    void replayOfFilesConnectsToNobody() throws Exception {
        Path files = folder.resolve("files");
        try (Tape tape = H2Tape.openReadOnly(tape())) {
            CassetteFiles.write(files, new Cassette("default", tape.recordings("default")));
        }
        provoke(towardsTheTripwire(Mode.REPLAY).files(List.of(files)));
    }

    private void provoke(LlmSimBuilder builder) throws Exception {
        try (LlmSim replay = builder.start()) {
            for (int i = 0; i < 4; i++) {
                assertThat(ask(replay, chat("twice"))).contains("x-llmsim-source: recorded");
                assertThat(ask(replay, chat("once"))).contains("x-llmsim-source: recorded");
            }
            for (String miss : misses()) {
                assertThat(ask(replay, miss)).startsWith("HTTP/1.1 424 ").contains("x-llmsim-source: gateway");
            }
            for (String refused : refused()) {
                assertThat(ask(replay, refused)).matches("(?s)HTTP/1\\.1 [45]\\d\\d .*");
            }
            leaveInTheMiddle(replay);
            for (String page :
                    List.of("/health", "/llmsim/x", "/", "/nobody/v1/x", "//openai/v1/x", "/s/1/openai/v1")) {
                assertThat(ask(replay, get(page))).startsWith("HTTP/1.1 ");
            }
            assertThat(ask(replay, chat("once"))).contains("x-llmsim-source: recorded");
        }
        assertUntouched();
    }

    private void assertUntouched() throws Exception {
        try (Socket own = new Socket(tripwire.getInetAddress(), tripwire.getLocalPort());
                Socket first = tripwire.accept()) {
            assertThat(first.getPort()).isEqualTo(own.getLocalPort());
        }
    }

    private static List<String> misses() {
        List<String> misses = new ArrayList<>(List.of(
                chat("never"),
                chat("x".repeat(100_000)),
                get("/openai/v1/models"),
                get("/mine/anything?url=http://example.com/"),
                get("/openai/../mine/x"),
                head(
                                "POST /openai/v1/chat/completions HTTP/1.1",
                                "Host: example.com",
                                "Connection: close",
                                "Content-Length: 10")
                        + "{\"not json"));
        for (String name : List.of("anthropic", "gemini", "groq", "mistral", "ollama", "together")) {
            misses.add(get("/" + name + "/v1/models"));
        }
        return misses;
    }

    private List<String> refused() {
        String there = "127.0.0.1:" + tripwire.getLocalPort();
        return List.of(
                head("CONNECT " + there + " HTTP/1.1", "Host: " + there),
                head("GET http://" + there + "/x HTTP/1.1", "Host: " + there),
                head("GET //" + there + "/x HTTP/1.1", "Host: localhost", "Connection: close"),
                head("GET /openai/v1/models HTTP/1.1"),
                head("GET /openai/v1/realtime HTTP/1.1", "Host: a", "Connection: Upgrade", "Upgrade: websocket"),
                head("POST /openai/v1/x HTTP/1.1", "Host: a", "Content-Length: 3", "Transfer-Encoding: chunked")
                        + "0\r\n\r\n",
                head("POST /openai/v1/x HTTP/1.1", "Host: a", "Transfer-Encoding: chunked") + "zz\r\n",
                head("GET /openai/ HTTP/1.1", "Host: a", "X-Long: " + "a".repeat(66_000)));
    }

    private static void leaveInTheMiddle(LlmSim gateway) throws Exception {
        try (RawConnection client = RawConnection.to(addressOf(gateway))) {
            client.send(head("POST /openai/v1/x HTTP/1.1", "Host: a", "Content-Length: 100") + "{");
            client.reset();
        }
    }

    private static String chat(String content) {
        String body = "{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"" + content + "\"}]}";
        return head(
                        "POST /openai/v1/chat/completions HTTP/1.1",
                        "Host: localhost",
                        "Connection: close",
                        "Content-Type: application/json",
                        "Content-Length: " + body.length())
                + body;
    }

    private static String get(String target) {
        return head("GET " + target + " HTTP/1.1", "Host: localhost", "Connection: close");
    }

    private static String ask(LlmSim gateway, String request) throws Exception {
        try (RawConnection client = RawConnection.to(addressOf(gateway))) {
            client.send(request);
            return client.readToFin();
        }
    }

    private static InetSocketAddress addressOf(LlmSim gateway) {
        return new InetSocketAddress(
                gateway.address().getHost(), gateway.address().getPort());
    }
}
