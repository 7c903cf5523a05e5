package dev.llmsim.gateway;

import static dev.llmsim.testkit.RawMessage.chunk;
import static dev.llmsim.testkit.RawMessage.head;
import static org.assertj.core.api.Assertions.assertThat;

import dev.llmsim.exchange.Bytes;
import dev.llmsim.exchange.Ending;
import dev.llmsim.exchange.Framing;
import dev.llmsim.testkit.RawConnection;
import dev.llmsim.testkit.RawMessage;
import dev.llmsim.testkit.RawUpstream;
import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;

/** What crosses the gateway arrives as it was sent. */
class TransparencyWireTest {
    private final BlockingQueue<RawMessage> received = new LinkedBlockingQueue<>();

    private RawUpstream answering(byte[]... responses) throws Exception {
        return RawUpstream.start(connection -> {
            while (true) {
                RawMessage request = connection.readMessage();
                received.add(request);
                for (byte[] response : responses) {
                    connection.send(response);
                }
            }
        });
    }

    private RawUpstream answering(String response) throws Exception {
        return answering(Bytes.utf8(response).toArray());
    }

    private RawMessage received() throws InterruptedException {
        RawMessage request = received.poll(30, TimeUnit.SECONDS);
        assertThat(request).as("a request at the upstream").isNotNull();
        return request;
    }

    @Test
    void keepsOrderCaseAndDuplicatesOfResponseHeadersAndAddsOnlyItsSource() throws Exception {
        String answer = head(
                "HTTP/1.1 418 I am a Teapot",
                "X-B: 1",
                "set-cookie: a=1",
                "Content-Type: text/plain",
                "Set-Cookie: b=2",
                "VARY: Origin",
                "vary: Accept",
                "X-Empty:",
                "X-Latin: caf\u00e9",
                "Connection: x-hop",
                "X-Hop: gone",
                "Keep-Alive: timeout=5",
                "x-llmsim-source: recorded",
                "Content-Length: 2");
        try (RawUpstream upstream = answering((answer + "hi").getBytes(StandardCharsets.ISO_8859_1));
                Gateway gateway = Gateway.recording(upstream.uri());
                RawConnection client = gateway.client()) {
            client.send(head("GET /up/ HTTP/1.1", "Host: localhost"));
            RawMessage got = client.readMessage();
            assertThat(got.startLine()).isEqualTo("HTTP/1.1 418 I am a Teapot");
            assertThat(got.headerLines())
                    .map(String::trim)
                    .containsExactly(
                            "X-B: 1",
                            "set-cookie: a=1",
                            "Content-Type: text/plain",
                            "Set-Cookie: b=2",
                            "VARY: Origin",
                            "vary: Accept",
                            "X-Empty:",
                            "X-Latin: caf\u00e9",
                            "Content-Length: 2",
                            "x-llmsim-source: upstream");
            assertThat(got.text()).isEqualTo("hi");
            assertThat(gateway.capture().head().headers().lines())
                    .map(line -> line.name() + "=" + line.value())
                    .containsExactly(
                            "X-B=1",
                            "set-cookie=a=1",
                            "Content-Type=text/plain",
                            "Set-Cookie=b=2",
                            "VARY=Origin",
                            "vary=Accept",
                            "X-Empty=",
                            "X-Latin=caf\u00e9",
                            "Content-Length=2");
        }
    }

    @Test
    void keepsRequestHeadersStripsHopByHopAndRewritesHost() throws Exception {
        try (RawUpstream upstream = answering(head("HTTP/1.1 204 No Content"));
                Gateway gateway = Gateway.recording(upstream.uri());
                RawConnection client = gateway.client()) {
            client.send(head(
                    "POST /up/v1/x?b=2&a=%2F HTTP/1.1",
                    "X-First: 1",
                    "HOST: localhost:1",
                    "authorization: Bearer k",
                    "X-Dup: a",
                    "x-dup: b",
                    "Connection: Upgrade, HTTP2-Settings, X-Hop, content-length",
                    "Upgrade: h2c",
                    "HTTP2-Settings: AAMAAABkAAQCAAAAAAIAAAAA",
                    "X-Hop: 1",
                    "TE: trailers, deflate",
                    "Proxy-Authorization: Basic x",
                    "Keep-Alive: 5",
                    "x-llmsim-session: s1",
                    "Accept-Encoding: br",
                    "Content-Length: 0"));
            client.readMessage();
            RawMessage request = received();
            assertThat(request.startLine()).isEqualTo("POST /v1/x?b=2&a=%2F HTTP/1.1");
            assertThat(request.headerLines())
                    .containsExactly(
                            "X-First: 1",
                            "HOST: 127.0.0.1:" + upstream.port(),
                            "authorization: Bearer k",
                            "X-Dup: a",
                            "x-dup: b",
                            "Accept-Encoding: br",
                            "Content-Length: 0",
                            "te: trailers",
                            "connection: te");
            KeptCaptures.Kept kept = gateway.capture();
            assertThat(kept.request.target()).isEqualTo("/v1/x?b=2&a=%2F");
            assertThat(kept.request.upstream()).isEqualTo("up");
            assertThat(kept.request.headers().contains("x-hop")).isFalse();
            assertThat(kept.request.headers().first("authorization")).contains("Bearer k");
        }
    }

    @Test
    void putsTheUpstreamsBasePathBeforeTheTarget() throws Exception {
        try (RawUpstream upstream = answering(head("HTTP/1.1 204 No Content"));
                Gateway gateway = Gateway.recording(URI.create(upstream.uri() + "/base/v9"));
                RawConnection client = gateway.client()) {
            client.send(head("GET /up/models?x HTTP/1.1", "Host: localhost"));
            client.readMessage();
            assertThat(received().startLine()).isEqualTo("GET /base/v9/models?x HTTP/1.1");
            assertThat(gateway.capture().request.target()).isEqualTo("/models?x");
        }
    }

    @Test
    void passesTrailersBothWays() throws Exception {
        try (RawUpstream upstream = answering(head("HTTP/1.1 200 OK", "Transfer-Encoding: chunked", "Trailer: X-Sum")
                        + chunk("abc") + "0\r\n" + head("X-Sum: 3", "x-more: 4"));
                Gateway gateway = Gateway.recording(upstream.uri());
                RawConnection client = gateway.client()) {
            client.send(head("POST /up/ HTTP/1.1", "Host: localhost", "Transfer-Encoding: chunked") + chunk("12345")
                    + chunk("6") + "0\r\n" + head("X-Req: 9"));
            RawMessage got = client.readMessage();
            assertThat(got.text()).isEqualTo("abc");
            assertThat(got.header("trailer")).isEqualTo("x-sum");
            assertThat(got.trailers()).isEqualTo("X-Sum: 3\r\nx-more: 4\r\n");
            RawMessage request = received();
            assertThat(request.text()).isEqualTo("123456");
            assertThat(request.chunkSizes()).containsExactly(5, 1);
            assertThat(request.trailers()).isEqualTo("X-Req: 9\r\n");
            assertThat(gateway.capture().trailers.first("x-sum")).contains("3");
        }
    }

    @Test
    void bodilessAnswersKeepTheirHeadersAndTheConnection() throws Exception {
        List<String> answers = List.of(
                head("HTTP/1.1 200 OK", "Content-Length: 1234"),
                head("HTTP/1.1 204 No Content", "X-A: 1"),
                head("HTTP/1.1 304 Not Modified", "Content-Length: 99", "ETag: x"),
                head("HTTP/1.1 200 OK", "X-No: length"));
        List<String> methods = List.of("HEAD", "DELETE", "GET", "HEAD");
        BlockingQueue<String> script = new LinkedBlockingQueue<>(answers);
        try (RawUpstream upstream = RawUpstream.start(connection -> {
                    while (true) {
                        connection.readHead();
                        connection.send(script.remove());
                    }
                });
                Gateway gateway = Gateway.recording(upstream.uri());
                RawConnection client = gateway.client()) {
            for (int i = 0; i < answers.size(); i++) {
                client.send(head(methods.get(i) + " /up/ HTTP/1.1", "Host: localhost"));
                String expected = answers.get(i).trim();
                assertThat(client.readHead()).isEqualTo(head(expected, "x-llmsim-source: upstream"));
            }
            assertThat(upstream.connections()).isEqualTo(1);
            client.finish();
            assertThat(client.readToFin()).isEmpty();
            assertThat(gateway.captures.all).allMatch(kept -> kept.ending == Ending.COMPLETE);
            assertThat(gateway.captures.all).allMatch(kept -> kept.framing == Framing.LENGTH);
            assertThat(gateway.captures.all.get(0).declaredBytes).isEqualTo(1234);
        }
    }

    @Test
    void passesFiveMegabytesOfBinaryBothWays() throws Exception {
        byte[] body = new byte[5 << 20];
        new Random(7).nextBytes(body);
        String length = "Content-Length: " + body.length;
        try (RawUpstream upstream = answering(
                        Bytes.utf8(head("HTTP/1.1 200 OK", "Content-Type: audio/mpeg", length))
                                .toArray(),
                        body);
                Gateway gateway = Gateway.recording(upstream.uri());
                RawConnection client = gateway.client()) {
            client.send(head("POST /up/ HTTP/1.1", "Host: localhost", length));
            client.send(body);
            assertThat(Arrays.equals(client.readMessage().body(), body)).isTrue();
            assertThat(Arrays.equals(received().body(), body)).isTrue();
            KeptCaptures.Kept kept = gateway.capture();
            assertThat(Bytes.concat(kept.requestChunks)).isEqualTo(Bytes.wrap(body));
            assertThat(Bytes.concat(kept.responseChunks)).isEqualTo(Bytes.wrap(body));
        }
    }

    @Test
    void passesCompressedBodiesAsTheyAre() throws Exception {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
            gzip.write(Bytes.utf8("data: hello\n\n".repeat(100)).toArray());
        }
        byte[] body = packed.toByteArray();
        try (RawUpstream upstream = answering(
                        Bytes.utf8(head("HTTP/1.1 200 OK", "Content-Encoding: gzip", "Content-Length: " + body.length))
                                .toArray(),
                        body);
                Gateway gateway = Gateway.recording(upstream.uri());
                RawConnection client = gateway.client()) {
            client.send(head("GET /up/ HTTP/1.1", "Host: localhost"));
            RawMessage got = client.readMessage();
            assertThat(got.header("content-encoding")).isEqualTo("gzip");
            assertThat(Arrays.equals(got.body(), body)).isTrue();
            assertThat(received().head()).doesNotContainIgnoringCase("accept-encoding");
        }
    }

    @Test
    void anOldClientGetsAChunkedAnswerEndedByClose() throws Exception {
        try (RawUpstream upstream =
                        answering(head("HTTP/1.1 200 OK", "Transfer-Encoding: chunked") + chunk("abc") + "0\r\n\r\n");
                Gateway gateway = Gateway.recording(upstream.uri());
                RawConnection client = gateway.client()) {
            client.send(head("GET /up/ HTTP/1.0"));
            assertThat(client.readHead()).doesNotContainIgnoringCase("transfer-encoding");
            assertThat(client.readToFin()).isEqualTo("abc");
            assertThat(gateway.capture().framing).isEqualTo(Framing.CHUNKED);
        }
    }

    @Test
    void anOldClientThatAsksForItKeepsItsConnection() throws Exception {
        try (RawUpstream upstream = answering(head("HTTP/1.1 200 OK", "Content-Length: 1") + "a");
                Gateway gateway = Gateway.recording(upstream.uri());
                RawConnection client = gateway.client()) {
            for (int i = 0; i < 2; i++) {
                client.send(head("GET /up/ HTTP/1.0", "Connection: keep-alive"));
                RawMessage got = client.readMessage();
                assertThat(got.header("connection")).isEqualTo("keep-alive");
                assertThat(got.text()).isEqualTo("a");
            }
            client.send(head("GET /up/ HTTP/1.0"));
            assertThat(client.readToFin()).endsWith("\r\n\r\na");
        }
    }

    @Test
    void aClientThatAsksForItIsClosedAfterTheAnswer() throws Exception {
        try (RawUpstream upstream = answering(head("HTTP/1.1 200 OK", "Content-Length: 1") + "a");
                Gateway gateway = Gateway.recording(upstream.uri());
                RawConnection client = gateway.client()) {
            client.send(head("GET /up/ HTTP/1.1", "Host: localhost", "Connection: close"));
            assertThat(client.readToFin()).contains("connection: close\r\n").endsWith("\r\n\r\na");
        }
    }

    @Test
    void passesInterimAnswers() throws Exception {
        try (RawUpstream upstream = answering(head("HTTP/1.1 103 Early Hints", "Link: </a>; rel=preload")
                        + head("HTTP/1.1 102 Processing")
                        + head("HTTP/1.1 200 OK", "Content-Length: 2") + "ok");
                Gateway gateway = Gateway.recording(upstream.uri());
                RawConnection client = gateway.client()) {
            client.send(head("GET /up/ HTTP/1.1", "Host: localhost"));
            assertThat(client.readHead()).isEqualTo(head("HTTP/1.1 103 Early Hints", "Link: </a>; rel=preload"));
            assertThat(client.readHead()).isEqualTo(head("HTTP/1.1 102 Processing"));
            assertThat(client.readMessage().text()).isEqualTo("ok");
            assertThat(gateway.capture().head().status()).isEqualTo(200);
        }
    }

    @Test
    void expectContinueIsAnsweredByUpstreamAlone() throws Exception {
        try (RawUpstream upstream = RawUpstream.start(connection -> {
                    String head = connection.readHead();
                    assertThat(head).contains("Expect: 100-continue");
                    connection.send(head("HTTP/1.1 100 Continue"));
                    assertThat(connection.readText(4)).isEqualTo("body");
                    connection.send(head("HTTP/1.1 200 OK", "Content-Length: 2") + "ok");
                });
                Gateway gateway = Gateway.recording(upstream.uri());
                RawConnection client = gateway.client()) {
            client.send(head("POST /up/ HTTP/1.1", "Host: localhost", "Expect: 100-continue", "Content-Length: 4"));
            assertThat(client.readHead()).isEqualTo(head("HTTP/1.1 100 Continue"));
            client.send("body");
            assertThat(client.readMessage().text()).isEqualTo("ok");
        }
    }

    @Test
    void anUpstreamThatRefusesToContinueIsHeard() throws Exception {
        try (RawUpstream upstream = RawUpstream.start(connection -> {
                    connection.readHead();
                    connection.send(head("HTTP/1.1 417 Expectation Failed", "Content-Length: 0"));
                    connection.readToFin();
                });
                Gateway gateway = Gateway.recording(upstream.uri());
                RawConnection client = gateway.client()) {
            client.send(head("POST /up/ HTTP/1.1", "Host: localhost", "Expect: 100-continue", "Content-Length: 4"));
            assertThat(client.readToFin()).startsWith("HTTP/1.1 417 ");
        }
    }

    @Test
    void pipelinedRequestsAreAnsweredOneAtATimeAndInOrder() throws Exception {
        try (RawUpstream upstream = RawUpstream.start(connection -> {
                    while (true) {
                        RawMessage request = connection.readMessage();
                        assertThat(connection.in().available())
                                .as("a second request on the wire")
                                .isZero();
                        String path = request.startLine().split(" ")[1];
                        connection.send(head("HTTP/1.1 200 OK", "Content-Length: " + path.length()) + path);
                    }
                });
                Gateway gateway = Gateway.recording(upstream.uri());
                RawConnection client = gateway.client()) {
            StringBuilder requests = new StringBuilder();
            for (int i = 0; i < 200; i++) {
                requests.append(head("POST /up/" + i + " HTTP/1.1", "Host: localhost", "Content-Length: 3"))
                        .append("abc");
            }
            client.send(requests.toString());
            for (int i = 0; i < 200; i++) {
                assertThat(client.readMessage().text()).isEqualTo("/" + i);
            }
            assertThat(gateway.captures.all).hasSize(200);
        }
    }
}
