package dev.llmsim.gateway;

import static dev.llmsim.testkit.RawMessage.chunk;
import static dev.llmsim.testkit.RawMessage.head;
import static org.assertj.core.api.Assertions.assertThat;

import dev.llmsim.exchange.Ending;
import dev.llmsim.exchange.Framing;
import dev.llmsim.testkit.RawConnection;
import dev.llmsim.testkit.RawMessage;
import dev.llmsim.testkit.RawUpstream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/**
 * The causal proof that nothing is held back: upstream sends piece N+1 only after the client has piece N, so a gateway that
 * waited for more would wait for ever.
 */
class StreamingWireTest {
    private static final List<String> EVENTS = List.of(
            "data: {\"n\":1}\n\n", ": comment\r\n\r\n", "event: x\ndata: a\ndata: b\n\n", "data: h", "al", "f\n\n");

    private final Semaphore clientHasIt = new Semaphore(0);

    private void awaitClient() throws InterruptedException {
        if (!clientHasIt.tryAcquire(30, TimeUnit.SECONDS)) {
            throw new AssertionError("the client never had the piece before");
        }
    }

    @Test
    void everyChunkReachesTheClientBeforeTheNextOneIsSent() throws Exception {
        try (RawUpstream upstream = RawUpstream.start(connection -> {
                    connection.readMessage();
                    connection.send(
                            head("HTTP/1.1 200 OK", "Content-Type: text/event-stream", "Transfer-Encoding: chunked"));
                    awaitClient();
                    for (String event : EVENTS) {
                        connection.send(chunk(event));
                        awaitClient();
                    }
                    connection.send("0\r\n\r\n");
                });
                Gateway gateway = Gateway.recording(upstream.uri());
                RawConnection client = gateway.client()) {
            client.send("GET /up/v1/stream HTTP/1.1\r\nHost: localhost\r\n\r\n");
            assertThat(client.readHead()).startsWith("HTTP/1.1 200 OK\r\n").contains("Transfer-Encoding: chunked");
            clientHasIt.release();
            for (String event : EVENTS) {
                assertThat(client.readChunk()).isEqualTo(event);
                clientHasIt.release();
            }
            assertThat(client.readText(5)).isEqualTo("0\r\n\r\n");
            KeptCaptures.Kept kept = gateway.capture();
            assertThat(kept.responseChunks.stream().map(bytes -> bytes.utf8()).toList())
                    .isEqualTo(EVENTS);
            assertThat(kept.ending).isEqualTo(Ending.COMPLETE);
            assertThat(kept.framing).isEqualTo(Framing.CHUNKED);
            assertThat(kept.sentNanos).isLessThanOrEqualTo(kept.headNanos);
            assertThat(kept.headNanos).isLessThanOrEqualTo(kept.endNanos);
        }
    }

    @Test
    void everyPieceOfABodyWithLengthReachesTheClientBeforeTheNextOneIsSent() throws Exception {
        pieces("Content-Length: 10\r\n", Framing.LENGTH, 10);
    }

    @Test
    void everyPieceOfABodyEndedByCloseReachesTheClientBeforeTheNextOneIsSent() throws Exception {
        pieces("", Framing.CLOSE, -1);
    }

    private void pieces(String framingHeader, Framing framing, long declared) throws Exception {
        try (RawUpstream upstream = RawUpstream.start(connection -> {
                    connection.readMessage();
                    connection.send("HTTP/1.1 200 OK\r\n" + framingHeader + "\r\n");
                    awaitClient();
                    for (int i = 0; i < 10; i++) {
                        connection.send(Integer.toString(i));
                        awaitClient();
                    }
                });
                Gateway gateway = Gateway.recording(upstream.uri());
                RawConnection client = gateway.client()) {
            client.send("GET /up/ HTTP/1.1\r\nHost: localhost\r\n\r\n");
            client.readHead();
            clientHasIt.release();
            for (int i = 0; i < 10; i++) {
                assertThat(client.readText(1)).isEqualTo(Integer.toString(i));
                clientHasIt.release();
            }
            KeptCaptures.Kept kept = gateway.capture();
            assertThat(kept.responseText()).isEqualTo("0123456789");
            assertThat(kept.ending).isEqualTo(Ending.COMPLETE);
            assertThat(kept.framing).isEqualTo(framing);
            assertThat(kept.declaredBytes).isEqualTo(declared);
            if (framing == Framing.CLOSE) {
                assertThat(client.readToFin()).isEmpty();
            }
        }
    }

    @Test
    void everyPieceOfARequestReachesUpstreamBeforeTheNextOneIsSent() throws Exception {
        Semaphore upstreamHasIt = new Semaphore(0);
        try (RawUpstream upstream = RawUpstream.start(connection -> {
                    String head = connection.readHead();
                    assertThat(head).contains("Transfer-Encoding: chunked");
                    upstreamHasIt.release();
                    for (int i = 0; i < 5; i++) {
                        assertThat(connection.readChunk()).isEqualTo("piece " + i);
                        upstreamHasIt.release();
                    }
                    assertThat(connection.readText(5)).isEqualTo("0\r\n\r\n");
                    connection.send("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
                });
                Gateway gateway = Gateway.recording(upstream.uri());
                RawConnection client = gateway.client()) {
            client.send("POST /up/ HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n");
            for (int i = 0; i < 5; i++) {
                assertThat(upstreamHasIt.tryAcquire(30, TimeUnit.SECONDS)).isTrue();
                client.send("7\r\npiece " + i + "\r\n");
            }
            client.send("0\r\n\r\n");
            RawMessage answer = client.readMessage();
            assertThat(answer.text()).isEqualTo("ok");
            assertThat(gateway.capture().requestText()).isEqualTo("piece 0piece 1piece 2piece 3piece 4");
        }
    }

    @Test
    void aBodyCutAnywhereArrivesAsItWas() throws Exception {
        String body = "data: h\u00e4\u00e4\r\n\r\n: c\n\ndata: \u20ac\ndata: 2\n\n";
        String bytes = new String(body.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
        for (int piece = 1; piece <= 3; piece++) {
            int pieceBytes = piece;
            try (RawUpstream upstream = RawUpstream.start(connection -> {
                        connection.readMessage();
                        connection.sendInPieces(
                                "HTTP/1.1 200 OK\r\nContent-Length: " + bytes.length() + "\r\n\r\n" + bytes,
                                pieceBytes);
                    });
                    Gateway gateway = Gateway.recording(upstream.uri());
                    RawConnection client = gateway.client()) {
                client.send("GET /up/ HTTP/1.1\r\nHost: localhost\r\n\r\n");
                assertThat(client.readMessage().text()).isEqualTo(bytes);
                assertThat(gateway.capture().responseText()).isEqualTo(body);
            }
        }
    }
}
