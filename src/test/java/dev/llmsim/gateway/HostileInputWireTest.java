package dev.llmsim.gateway;

import static dev.llmsim.testkit.RawMessage.chunk;
import static dev.llmsim.testkit.RawMessage.head;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.llmsim.telemetry.Counter;
import dev.llmsim.testkit.RawConnection;
import dev.llmsim.testkit.RawUpstream;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Input that is not valid, or that another server might read differently, is refused, and upstream never hears of it. */
class HostileInputWireTest {
    private RawUpstream upstream;
    private Gateway gateway;

    @BeforeEach
    void start() throws Exception {
        upstream = RawUpstream.answering(head("HTTP/1.1 200 OK", "Content-Length: 2") + "ok");
        gateway = Gateway.recording(
                upstream.uri(),
                Timeouts.DEFAULT.withRequestHead(Duration.ofMillis(200)).withRequestIdle(Duration.ofMillis(200)));
    }

    @AfterEach
    void stop() throws Exception {
        gateway.close();
        upstream.close();
    }

    private String refusal(String request, int status) throws Exception {
        try (RawConnection client = gateway.client()) {
            client.send(request);
            String answer = client.readToFin();
            assertThat(answer).startsWith("HTTP/1.1 " + status + " ");
            assertThat(answer).contains("x-llmsim-source: gateway").contains("connection: close");
            assertThat(answer).contains("(expected").contains("\"status\":" + status);
            assertThat(answer.split("HTTP/1\\.1 [0-9]{3} ", -1))
                    .as("one answer only")
                    .hasSize(2);
            return answer;
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "POST /up/ HTTP/1.1|Host: a|Content-Length: 3|Transfer-Encoding: chunked||0||",
                "POST /up/ HTTP/1.1|Host: a|Transfer-Encoding: chunked|Content-Length: 3||0||",
                "POST /up/ HTTP/1.1|Host: a|Content-Length: 3|Content-Length: 4||abcd",
                "POST /up/ HTTP/1.1|Host: a|Content-Length: 3|Content-Length: 3||abc",
                "POST /up/ HTTP/1.1|Host: a|Content-Length: 3, 3||abc",
                "POST /up/ HTTP/1.1|Host: a|Content-Length: +3||abc",
                "POST /up/ HTTP/1.1|Host: a|Content-Length: -3||abc",
                "POST /up/ HTTP/1.1|Host: a|Content-Length: 0x3||abc",
                "POST /up/ HTTP/1.1|Host: a|Transfer-Encoding: xchunked||0||",
                "POST /up/ HTTP/1.1|Host: a|Transfer-Encoding: gzip, chunked||0||",
                "POST /up/ HTTP/1.1|Host: a|Transfer-Encoding: chunked|Transfer-Encoding: identity||0||",
                "POST /up/ HTTP/1.0|Host: a|Transfer-Encoding: chunked||0||",
                "POST /up/ HTTP/1.1|Host: a|Transfer-Encoding : chunked||0||",
                "GET /up/ HTTP/1.1|Host: a|X-Folded: b| c||",
                "GET /up/ HTTP/1.1| Host: a||",
                "GET /up/ HTTP/1.1|Host : a||",
                "GET /up/ HTTP/1.1|X-A: 1||",
                "GET /up/ HTTP/1.1|Host: a|Host: a||",
                "GET /up/ HTTP/1.1|Host: a b||",
                "GET /up/ HTTP/1.1|Host:||",
                "GET http://example.com/up/ HTTP/1.1|Host: example.com||",
                "GET https://127.0.0.1/up/ HTTP/1.1|Host: 127.0.0.1||",
                "GET up/ HTTP/1.1|Host: a||",
                "OPTIONS * HTTP/1.1|Host: a||",
                "GET /up/caf\u00e9 HTTP/1.1|Host: a||",
                "GET /up/#x HTTP/1.1|Host: a||",
                "GET /up/ HTTP/1.1|Host: a|no colon here||",
                "GET /up/ HTTP/1.1|Host: a|X-Nul: a\u0000b||",
                "GET\t/up/\tHTTP/1.1|Host: a||",
                "GET /up/\fHTTP/1.1|Host: a||",
                "GET\u000b/up/ HTTP/1.1|Host: a||",
                "GET /up/\rHTTP/1.1|Host: a||",
                "NOT HTTP AT ALL||",
                "\u0016\u0003\u0001\u0002||",
            })
    void isRefusedWith400(String request) throws Exception {
        refusal(request.replace("|", "\r\n"), 400);
        assertThat(upstream.connections()).isZero();
        assertThat(gateway.counters.count(Counter.BAD_REQUESTS)).isEqualTo(1);
    }

    @Test
    void trailersThatWouldChangeTheRequestStayBehind() throws Exception {
        BlockingQueue<String> received = new LinkedBlockingQueue<>();
        try (RawUpstream server = RawUpstream.start(connection -> {
                    connection.readHead();
                    connection.readChunk();
                    received.add(connection.readHead());
                    connection.send(head("HTTP/1.1 200 OK", "Content-Length: 0"));
                });
                Gateway recording = Gateway.recording(server.uri());
                RawConnection client = recording.client()) {
            client.send(head("POST /up/ HTTP/1.1", "Host: a", "Transfer-Encoding: chunked")
                    + chunk("abc")
                    + head(
                            "0",
                            "Host: evil",
                            "X-Sum: 1",
                            "Authorization: evil",
                            "Content-Length: 9",
                            "Transfer-Encoding: gzip",
                            "If-Match: evil",
                            "Cookie: evil",
                            "X-Forwarded-For: evil",
                            "X-Llmsim-Source: evil"));
            assertThat(client.readMessage().startLine()).startsWith("HTTP/1.1 200 ");
            assertThat(received.take()).isEqualTo(head("0", "X-Sum: 1"));
        }
    }

    @Test
    void aForwardProxyRequestIsRefused() throws Exception {
        refusal(head("CONNECT example.com:443 HTTP/1.1", "Host: example.com:443"), 405);
    }

    @Test
    void anUnknownVersionIsRefused() throws Exception {
        refusal(head("GET /up/ HTTP/1.2", "Host: a"), 505);
    }

    @Test
    void anAbsoluteTargetThatNamesThisServerIsServed() throws Exception {
        String authority = "127.0.0.1:" + gateway.server.address().getPort();
        try (RawConnection client = gateway.client()) {
            client.send(head("GET http://" + authority + "/up/x HTTP/1.1", "Host: " + authority));
            assertThat(client.readMessage().text()).isEqualTo("ok");
            assertThat(gateway.capture().request.target()).isEqualTo("/x");
        }
    }

    @Test
    void aLongRequestLineIs414() throws Exception {
        refusal(head("GET /up/" + "a".repeat(66_000) + " HTTP/1.1", "Host: a"), 414);
    }

    @Test
    void manyHeaderBytesAre431() throws Exception {
        refusal(head("GET /up/ HTTP/1.1", "Host: a", "X-Long: " + "a".repeat(66_000)), 431);
    }

    @Test
    void headersBelowTheLimitPass() throws Exception {
        try (RawConnection client = gateway.client()) {
            client.send(
                    head("GET /up/" + "a".repeat(30_000) + " HTTP/1.1", "Host: a", "X-Long: " + "a".repeat(60_000)));
            assertThat(client.readMessage().text()).isEqualTo("ok");
        }
    }

    @Test
    void aWebSocketUpgradeIs501WithTheReason() throws Exception {
        assertThat(refusal(
                        head(
                                "GET /up/v1/realtime HTTP/1.1",
                                "Host: a",
                                "Connection: Upgrade",
                                "Upgrade: websocket",
                                "Sec-WebSocket-Key: x",
                                "Sec-WebSocket-Version: 13"),
                        501))
                .contains("WebSocket")
                .contains("\"dialect\":\"openai\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"zz\r\n", "-1\r\nabc\r\n", "3\r\nabcXY\r\n0\r\n\r\n", "ffffffffffffffffff\r\n"})
    void aBrokenChunkIsRefusedAndUpstreamIsCut(String chunks) throws Exception {
        refusal(head("POST /up/ HTTP/1.1", "Host: a", "Transfer-Encoding: chunked") + chunk("abc") + chunks, 400);
        assertThat(gateway.capture().givenUp).isNotNull();
        await().until(() -> upstream.openConnections() == 0);
    }

    @Test
    void aRequestBehindARefusedOneIsNotServed() throws Exception {
        refusal(head("GET /up/ HTTP/1.1", "X: 1") + head("GET /up/ HTTP/1.1", "Host: a"), 400);
        assertThat(upstream.connections()).isZero();
    }

    @Test
    void aHeadThatDoesNotEndIs408() throws Exception {
        try (RawConnection client = gateway.client()) {
            client.send("GET /up/ HTTP/1.1\r\nHost: a\r\nX-Sl");
            assertThat(client.readToFin()).startsWith("HTTP/1.1 408 ").contains("connection: close");
        }
    }

    @Test
    void aBodyThatDoesNotEndIs408() throws Exception {
        try (RawConnection client = gateway.client()) {
            client.send(head("POST /up/ HTTP/1.1", "Host: a", "Content-Length: 10") + "abc");
            assertThat(client.readToFin()).startsWith("HTTP/1.1 408 ").contains("connection: close");
            assertThat(gateway.capture().givenUp).isNotNull();
        }
    }
}
