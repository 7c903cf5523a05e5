package dev.llmsim.gateway;

import static dev.llmsim.testkit.RawMessage.chunk;
import static dev.llmsim.testkit.RawMessage.head;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.llmsim.exchange.Bytes;
import dev.llmsim.exchange.Ending;
import dev.llmsim.testkit.RawConnection;
import dev.llmsim.testkit.RawMessage;
import dev.llmsim.testkit.RawUpstream;
import dev.llmsim.testkit.TestTls;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The transport of platforms without epoll serves the same. */
class NioWireTest {
    private static final String REQUEST = head("GET /up/ HTTP/1.1", "Host: localhost");
    private static final String CHUNKED = head("HTTP/1.1 200 OK", "Transfer-Encoding: chunked");
    private static final Duration SHORT = Duration.ofMillis(150);
    private static final GatewayConfig ANY_PORT = GatewayConfig.at("127.0.0.1", 0);

    private static Gateway gateway(URI base, GatewayConfig config) {
        return Gateway.recording(base, config, Transport.NIO);
    }

    private static RawMessage ask(Gateway gateway, String request) throws Exception {
        try (RawConnection client = gateway.client()) {
            client.send(request);
            return client.readMessage();
        }
    }

    private static boolean selects(StackTraceElement[] stack) {
        return Arrays.stream(stack).anyMatch(call -> call.getClassName().endsWith(".NioIoHandler"));
    }

    @Test
    void itsThreadsAreNotThoseOfEpoll() throws Exception {
        try (RawUpstream upstream = RawUpstream.answering(head("HTTP/1.1 200 OK", "Content-Length: 0"));
                Gateway gateway = gateway(upstream.uri(), ANY_PORT)) {
            ask(gateway, REQUEST);
            assertThat(Thread.getAllStackTraces().values()).anyMatch(NioWireTest::selects);
        }
    }

    @Test
    void chunksPassAsTheyCome() throws Exception {
        CountDownLatch clientHasIt = new CountDownLatch(1);
        try (RawUpstream upstream = RawUpstream.start(connection -> {
                    connection.readMessage();
                    connection.send(CHUNKED + chunk("one"));
                    clientHasIt.await(30, TimeUnit.SECONDS);
                    connection.send(chunk("two") + "0\r\nX-Trailer: t\r\n\r\n");
                });
                Gateway gateway = gateway(upstream.uri(), ANY_PORT);
                RawConnection client = gateway.client()) {
            client.send(REQUEST);
            client.readHead();
            assertThat(client.readChunk()).isEqualTo("one");
            clientHasIt.countDown();
            assertThat(client.readChunk()).isEqualTo("two");
            assertThat(client.readUntil("X-Trailer: t\r\n\r\n")).startsWith("0\r\n");
            assertThat(gateway.capture().ending).isEqualTo(Ending.COMPLETE);
            assertThat(gateway.capture().responseText()).isEqualTo("onetwo");
        }
    }

    @Test
    void aLongUploadArrivesWhole() throws Exception {
        int bytes = 5 << 20;
        try (RawUpstream upstream = RawUpstream.start(connection -> {
                    String got = String.valueOf(connection.readMessage().body().length);
                    connection.send(head("HTTP/1.1 200 OK", "Content-Length: " + got.length()) + got);
                });
                Gateway gateway = gateway(upstream.uri(), ANY_PORT)) {
            String request = head("POST /up/ HTTP/1.1", "Host: localhost", "Content-Length: " + bytes);
            assertThat(ask(gateway, request + "x".repeat(bytes)).text()).isEqualTo(String.valueOf(bytes));
        }
    }

    @Test
    void connectionsAreReusedOnBothSides() throws Exception {
        try (RawUpstream upstream = RawUpstream.answering(head("HTTP/1.1 200 OK", "Content-Length: 2") + "ok");
                Gateway gateway = gateway(upstream.uri(), ANY_PORT);
                RawConnection client = gateway.client()) {
            for (int i = 0; i < 3; i++) {
                client.send(REQUEST);
                assertThat(client.readMessage().text()).isEqualTo("ok");
            }
            assertThat(upstream.connections()).isEqualTo(1);
        }
    }

    @Test
    void tlsIsSpokenToAnUpstream() throws Exception {
        try (RawUpstream upstream = RawUpstream.start(TestTls.server("good.p12"), "https", connection -> {
                    connection.readMessage();
                    connection.send(head("HTTP/1.1 200 OK", "Content-Length: 2") + "ok");
                });
                Gateway gateway = gateway(upstream.uri(), ANY_PORT.withTls(UpstreamTls.trusting(TestTls.CA)))) {
            assertThat(ask(gateway, REQUEST).text()).isEqualTo("ok");
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aCutAnswerIsCutForTheClient(boolean reset) throws Exception {
        CountDownLatch clientHasIt = new CountDownLatch(1);
        try (RawUpstream upstream = RawUpstream.start(connection -> {
                    connection.readHead();
                    connection.send(CHUNKED + chunk("abc"));
                    clientHasIt.await(30, TimeUnit.SECONDS);
                    if (reset) {
                        connection.reset();
                    }
                });
                Gateway gateway = gateway(upstream.uri(), ANY_PORT);
                RawConnection client = gateway.client()) {
            client.send(REQUEST);
            client.readHead();
            assertThat(client.readChunk()).isEqualTo("abc");
            clientHasIt.countDown();
            RawConnection.End end = client.readToEnd();
            assertThat(end.text()).isEmpty();
            assertThat(end.reset()).isEqualTo(reset);
            assertThat(gateway.capture().ending).isEqualTo(reset ? Ending.UPSTREAM_RESET : Ending.UPSTREAM_TRUNCATED);
        }
    }

    @Test
    void everyByteBeforeAResetArrives() throws Exception {
        String body = "x".repeat(3_000_000);
        CountDownLatch captured = new CountDownLatch(1);
        try (RawUpstream upstream = RawUpstream.start(connection -> {
                    connection.readHead();
                    connection.send(head("HTTP/1.1 200 OK", "Content-Length: 3000001"));
                    connection.send(body);
                    captured.await(30, TimeUnit.SECONDS);
                    connection.reset();
                });
                Gateway gateway = gateway(upstream.uri(), ANY_PORT);
                RawConnection client = gateway.client()) {
            client.send(REQUEST);
            client.readHead();
            CompletableFuture<RawConnection.End> reading = CompletableFuture.supplyAsync(() -> readToEnd(client));
            await().until(() -> gateway.captures.all.get(0).responseChunks.stream()
                            .mapToInt(Bytes::length)
                            .sum()
                    == body.length());
            captured.countDown();
            RawConnection.End end = reading.get(30, TimeUnit.SECONDS);
            assertThat(end.text()).hasSize(3_000_000);
            assertThat(end.reset()).isTrue();
            assertThat(gateway.capture().ending).isEqualTo(Ending.UPSTREAM_RESET);
        }
    }

    private static RawConnection.End readToEnd(RawConnection client) {
        try {
            return client.readToEnd();
        } catch (IOException e) {
            throw new UncheckedIOException("the answer was not read", e);
        }
    }

    @Test
    void aClientThatLeavesCancelsUpstream() throws Exception {
        try (RawUpstream upstream = RawUpstream.start(connection -> {
                    connection.readHead();
                    connection.send(CHUNKED + chunk("abc"));
                    connection.readToEnd();
                });
                Gateway gateway = gateway(upstream.uri(), ANY_PORT)) {
            try (RawConnection client = gateway.client()) {
                client.send(REQUEST);
                client.readHead();
                client.readChunk();
            }
            await().until(() -> upstream.openConnections() == 0 && upstream.connections() == 1);
            assertThat(gateway.capture().ending).isEqualTo(Ending.CLIENT_CANCELLED);
        }
    }

    @Test
    void silenceAndClosedPortsAreAnswered() throws Exception {
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        try (Gateway gateway = gateway(URI.create("http://127.0.0.1:" + port), ANY_PORT)) {
            assertThat(ask(gateway, REQUEST).startLine()).startsWith("HTTP/1.1 502 ");
        }
        try (RawUpstream silent = RawUpstream.start(RawConnection::readToEnd);
                Gateway gateway = gateway(silent.uri(), ANY_PORT.withTimeouts(Timeouts.DEFAULT.withFirstByte(SHORT)))) {
            assertThat(ask(gateway, REQUEST).startLine()).startsWith("HTTP/1.1 504 ");
        }
    }
}
