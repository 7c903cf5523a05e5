package dev.llmsim.gateway;

import static dev.llmsim.testkit.RawMessage.chunk;
import static dev.llmsim.testkit.RawMessage.head;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.llmsim.exchange.Ending;
import dev.llmsim.testkit.RawConnection;
import dev.llmsim.testkit.RawMessage;
import dev.llmsim.testkit.RawUpstream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Each phase on the way to an answer has a limit of its own: when it passes, the answer or the log names that phase. */
class TimeLimitsWireTest {
    private static final String REQUEST = head("GET /up/ HTTP/1.1", "Host: localhost");
    private static final String CHUNKED = head("HTTP/1.1 200 OK", "Transfer-Encoding: chunked");
    private static final Duration SHORT = Duration.ofMillis(150);
    private static final int UPLOAD_BYTES = 64 << 20;
    private static final int PROBE_MILLIS = 300;

    private static RawMessage ask(Gateway gateway) throws IOException {
        try (RawConnection client = gateway.client()) {
            client.send(REQUEST);
            return client.readMessage();
        }
    }

    private static void assertTimedOut(RawMessage got, String... phase) {
        assertThat(got.startLine()).startsWith("HTTP/1.1 504 ");
        assertThat(got.header("x-llmsim-source")).isEqualTo("gateway");
        assertThat(got.text())
                .contains("\"dialect\":\"openai\"")
                .contains("(expected: ")
                .contains(phase);
    }

    /** The kernel answers no further connection to {@code server} once its queue is full. */
    private static List<Socket> fill(ServerSocket server) throws IOException {
        List<Socket> waiting = new ArrayList<>();
        while (true) {
            Socket socket = new Socket();
            waiting.add(socket);
            try {
                socket.connect(server.getLocalSocketAddress(), PROBE_MILLIS);
            } catch (SocketTimeoutException full) {
                return waiting;
            }
        }
    }

    @Test
    void connectingIsLimited() throws Exception {
        try (ServerSocket full = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            List<Socket> waiting = fill(full);
            URI base = URI.create("http://127.0.0.1:" + full.getLocalPort());
            try (Gateway gateway = Gateway.recording(base, Timeouts.DEFAULT.withConnect(SHORT))) {
                assertTimedOut(ask(gateway), "connecting to " + base + " took too long", "150 ms");
                assertThat(gateway.capture().givenUp).isNotNull();
            }
            for (Socket socket : waiting) {
                socket.close();
            }
        }
    }

    @Test
    void theHandshakeIsLimited() throws Exception {
        try (RawUpstream upstream = RawUpstream.start(RawConnection::readToEnd)) {
            URI base = URI.create("https://127.0.0.1:" + upstream.port());
            try (Gateway gateway = Gateway.recording(base, Timeouts.DEFAULT.withHandshake(SHORT))) {
                assertTimedOut(ask(gateway), "the TLS handshake with " + base + " took too long", "150ms");
                assertThat(gateway.capture().givenUp).isNotNull();
                await().until(() -> upstream.openConnections() == 0);
            }
        }
    }

    @Test
    void aNameThatDoesNotResolveIsNamed() throws Exception {
        String host = "a".repeat(64) + ".test"; // longer than a label may be, so that nobody is asked for it
        try (Gateway gateway = Gateway.recording(URI.create("http://" + host))) {
            RawMessage got = ask(gateway);
            assertThat(got.startLine()).startsWith("HTTP/1.1 502 ");
            assertThat(got.text())
                    .contains("\"dialect\":\"openai\"")
                    .contains("the name " + host + " does not resolve")
                    .contains("(expected: ");
            assertThat(gateway.capture().givenUp).isNotNull();
        }
    }

    @Test
    void anUploadThatUpstreamStopsTakingIsLimited() throws Exception {
        CountDownLatch answered = new CountDownLatch(1);
        try (RawUpstream upstream = RawUpstream.start(connection -> {
                    connection.readHead();
                    answered.await(30, TimeUnit.SECONDS);
                });
                Gateway gateway = Gateway.recording(upstream.uri(), Timeouts.DEFAULT.withIdle(SHORT));
                RawConnection client = gateway.client()) {
            client.send(head("POST /up/ HTTP/1.1", "Host: localhost", "Content-Length: " + UPLOAD_BYTES));
            Thread upload = new Thread(() -> upload(client));
            upload.start();
            assertTimedOut(client.readMessage(), "150 ms passed without it taking more of the request");
            answered.countDown();
            upload.join();
            assertThat(gateway.capture().givenUp).isNotNull();
        }
    }

    private static void upload(RawConnection client) {
        byte[] block = new byte[64 << 10];
        try {
            for (int sent = 0; sent < UPLOAD_BYTES; sent += block.length) {
                client.send(block);
            }
        } catch (IOException refused) {
            // The gateway closes the connection after its answer, which is what the test reads.
            return;
        }
    }

    @Test
    void theFirstByteIsLimited() throws Exception {
        try (RawUpstream upstream = RawUpstream.start(RawConnection::readToEnd);
                Gateway gateway = Gateway.recording(upstream.uri(), Timeouts.DEFAULT.withFirstByte(SHORT))) {
            assertTimedOut(ask(gateway), "150 ms passed without an answer", "a first byte");
            assertThat(gateway.capture().ending).isEqualTo(Ending.TIMEOUT);
            assertThat(gateway.capture().calls).containsExactly("requestSent", "seal");
            await().until(() -> upstream.openConnections() == 0);
        }
    }

    @Test
    void aPauseWithinTheAnswerEndsItAndIsLogged() throws Exception {
        try (LogTap log = LogTap.of(Forwarding.class);
                RawUpstream upstream = RawUpstream.start(connection -> {
                    connection.readHead();
                    connection.send(CHUNKED + chunk("abc"));
                    connection.readToEnd();
                });
                Gateway gateway = Gateway.recording(upstream.uri(), Timeouts.DEFAULT.withIdle(SHORT));
                RawConnection client = gateway.client()) {
            client.send(REQUEST);
            client.readHead();
            assertThat(client.readChunk()).isEqualTo("abc");
            RawConnection.End end = client.readToEnd();
            assertThat(end.text()).isEmpty();
            assertThat(end.reset()).isTrue();
            assertThat(gateway.capture().ending).isEqualTo(Ending.TIMEOUT);
            assertThat(gateway.capture().responseText()).isEqualTo("abc");
            assertThat(gateway.line().ending()).isEqualTo(Ending.TIMEOUT);
            await().until(() ->
                    log.said("upstream " + upstream.uri() + ": 150 ms passed between two reads of its answer"));
        }
    }

    /** Each pause is shorter than the limit, all of them together are not. */
    @Test
    void theLimitOfAPauseBeginsAnewWithEveryRead() throws Exception {
        CountDownLatch never = new CountDownLatch(1);
        int pieces = 35;
        try (RawUpstream upstream = RawUpstream.start(connection -> {
                    connection.readHead();
                    connection.send(CHUNKED);
                    for (int i = 0; i < pieces; i++) {
                        connection.send(chunk("abc"));
                        never.await(100, TimeUnit.MILLISECONDS);
                    }
                    connection.send("0\r\n\r\n");
                });
                Gateway gateway = Gateway.recording(upstream.uri(), Timeouts.DEFAULT.withIdle(Duration.ofSeconds(3)))) {
            assertThat(ask(gateway).text()).isEqualTo("abc".repeat(pieces));
            assertThat(gateway.capture().ending).isEqualTo(Ending.COMPLETE);
        }
    }
}
