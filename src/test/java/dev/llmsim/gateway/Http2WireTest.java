package dev.llmsim.gateway;

import static dev.llmsim.testkit.RawMessage.chunk;
import static dev.llmsim.testkit.RawMessage.head;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.llmsim.exchange.Ending;
import dev.llmsim.testkit.RawConnection;
import dev.llmsim.testkit.RawHttp2;
import dev.llmsim.testkit.RawUpstream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is asked over HTTP/2 with prior knowledge is the same exchange as over HTTP/1.1, to upstream and to the recorder. */
class Http2WireTest {
    private static final String OK = "HTTP/1.1 200 OK";

    private final BlockingQueue<String> asked = new LinkedBlockingQueue<>();

    static RawHttp2 client(Gateway gateway, int... settings) throws Exception {
        return RawHttp2.to(gateway.server.address(), settings);
    }

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    private RawUpstream answering(String answer) throws Exception {
        return RawUpstream.start(connection -> {
            while (true) {
                String head = connection.readHead();
                StringBuilder body = new StringBuilder();
                if (head.contains("transfer-encoding: chunked")) {
                    for (String chunk = connection.readChunk(); !chunk.isEmpty(); chunk = connection.readChunk()) {
                        body.append(chunk);
                    }
                    body.append(connection.readUntil("\r\n"));
                } else if (!RawConnection.header(head, "content-length").isEmpty()) {
                    body.append(connection.readText(Integer.parseInt(RawConnection.header(head, "content-length"))));
                }
                asked.add(head + body);
                connection.send(answer);
            }
        });
    }

    @Test
    void aRequestGoesOnAsTheSameInHttp1() throws Exception {
        try (RawUpstream upstream = answering(head(OK, "Content-Length: 2") + "ok");
                Gateway gateway = Gateway.recording(upstream.uri());
                RawHttp2 client = client(gateway)) {
            int stream = client.post(
                    "/up/v1/chat?x=1",
                    bytes("{}"),
                    "x-first: 1",
                    "x-twice: a",
                    "x-twice: b",
                    "te: trailers",
                    "cookie: a=1",
                    "cookie: b=2",
                    "content-length: 2");
            assertThat(client.await(stream).body()).isEqualTo("ok");
            assertThat(asked.take())
                    .isEqualTo(head(
                                    "POST /v1/chat?x=1 HTTP/1.1",
                                    "host: 127.0.0.1:" + upstream.port(),
                                    "x-first: 1",
                                    "x-twice: a",
                                    "x-twice: b",
                                    "cookie: a=1; b=2",
                                    "content-length: 2",
                                    "te: trailers",
                                    "connection: te")
                            + "{}");
            assertThat(gateway.capture().ending).isEqualTo(Ending.COMPLETE);
            assertThat(gateway.line().status()).isEqualTo(200);
            assertThat(gateway.line().path()).isEqualTo("/up/v1/chat");
        }
    }

    @Test
    void aBodyOfUnknownLengthGoesOnInChunks() throws Exception {
        try (RawUpstream upstream = answering(head(OK, "Content-Length: 2") + "ok");
                Gateway gateway = Gateway.recording(upstream.uri());
                RawHttp2 client = client(gateway)) {
            int stream = client.post("/up/");
            client.data(stream, bytes("ab"), false);
            client.data(stream, bytes("cd"), false);
            client.headers(stream, true, "x-sum: 1");
            assertThat(client.await(stream).body()).isEqualTo("ok");
            assertThat(asked.take()).contains("transfer-encoding: chunked\r\n").endsWith("\r\n\r\nabcdx-sum: 1\r\n");
        }
    }

    @Test
    void anAnswerKeepsItsHeadersButThoseOfItsConnection() throws Exception {
        String answer = head(
                        "HTTP/1.1 429 Slow Down",
                        "X-First: 1",
                        "Connection: keep-alive, x-hop",
                        "Keep-Alive: timeout=5",
                        "X-Hop: 1",
                        "Transfer-Encoding: chunked",
                        "X-Twice: a",
                        "Set-Cookie: s=1",
                        "X-Twice: b")
                + chunk("data: a\n\n") + chunk("data: b\n\n") + "0\r\nX-Sum: 2\r\n\r\n";
        try (RawUpstream upstream = answering(answer);
                Gateway gateway = Gateway.recording(upstream.uri());
                RawHttp2 client = client(gateway)) {
            RawHttp2.Stream got = client.await(client.get("/up/"));
            assertThat(got.head)
                    .containsExactly(
                            ":status: 429",
                            "x-first: 1",
                            "x-twice: a",
                            "set-cookie: s=1",
                            "x-twice: b",
                            "x-llmsim-source: upstream");
            assertThat(got.body()).isEqualTo("data: a\n\ndata: b\n\n");
            assertThat(got.trailers).containsExactly("x-sum: 2");
            assertThat(got.whole).isTrue();
            assertThat(gateway.line().ending()).isEqualTo(Ending.COMPLETE);
        }
    }

    /** The second is answered while the first still waits, and the first goes on. */
    @Test
    void streamsOfAConnectionAreServedSideBySide() throws Exception {
        CountDownLatch second = new CountDownLatch(1);
        try (RawUpstream upstream = RawUpstream.start(connection -> {
                    boolean first = connection.readHead().startsWith("GET /first ");
                    connection.send(head(OK, "Transfer-Encoding: chunked") + chunk("begun"));
                    if (first && !second.await(30, TimeUnit.SECONDS)) {
                        throw new AssertionError("the second was never answered");
                    }
                    connection.send(chunk(" and ended") + "0\r\n\r\n");
                });
                Gateway gateway = Gateway.recording(upstream.uri());
                RawHttp2 client = client(gateway)) {
            int first = client.get("/up/first");
            client.readUntil(() -> client.stream(first).body().equals("begun"));
            int other = client.get("/up/second");
            assertThat(client.await(other).body()).isEqualTo("begun and ended");
            assertThat(client.stream(first).isOver()).isFalse();
            second.countDown();
            assertThat(client.await(first).body()).isEqualTo("begun and ended");
            assertThat(client.stream(first).whole).isTrue();
        }
    }

    /** Each chunk is there before the next is sent. */
    @Test
    void partsComeAsTheyCome() throws Exception {
        BlockingQueue<String> next = new LinkedBlockingQueue<>();
        try (RawUpstream upstream = RawUpstream.start(connection -> {
                    connection.readHead();
                    connection.send(head(OK, "Transfer-Encoding: chunked"));
                    for (String part = next.take(); !part.isEmpty(); part = next.take()) {
                        connection.send(chunk(part));
                    }
                    connection.send("0\r\n\r\n");
                });
                Gateway gateway = Gateway.recording(upstream.uri());
                RawHttp2 client = client(gateway)) {
            RawHttp2.Stream stream = client.stream(client.get("/up/"));
            client.readUntil(() -> !stream.head.isEmpty());
            for (int i = 1; i <= 20; i++) {
                next.add("part");
                int bytes = 4 * i;
                client.readUntil(() -> stream.body().length() == bytes);
            }
            next.add("");
            client.readUntil(stream::isOver);
            assertThat(stream.sizes).hasSize(20);
        }
    }

    @ParameterizedTest
    @CsvSource({"HEAD, 200 OK, 17", "GET, 304 Not Modified, 17", "GET, 204 No Content, ''", "GET, 200 OK, 0"})
    void answersWithoutABodyHaveNone(String method, String status, String length) throws Exception {
        String line = length.isEmpty() ? "X-None: 1" : "Content-Length: " + length;
        try (RawUpstream upstream = answering(head("HTTP/1.1 " + status, line));
                Gateway gateway = Gateway.recording(upstream.uri());
                RawHttp2 client = client(gateway)) {
            int stream =
                    client.open(true, ":method: " + method, ":scheme: http", ":authority: localhost", ":path: /up/");
            RawHttp2.Stream got = client.await(stream);
            assertThat(got.status()).isEqualTo(status.substring(0, 3));
            assertThat(got.header("content-length")).isEqualTo(length);
            assertThat(got.body()).isEmpty();
            assertThat(got.whole).isTrue();
            assertThat(gateway.line().ending()).isEqualTo(Ending.COMPLETE);
        }
    }

    @Test
    void interimAnswersPass() throws Exception {
        String answer = head("HTTP/1.1 103 Early Hints", "Link: </a>") + head(OK, "Content-Length: 2") + "ok";
        try (RawUpstream upstream = answering(answer);
                Gateway gateway = Gateway.recording(upstream.uri());
                RawHttp2 client = client(gateway)) {
            RawHttp2.Stream got = client.await(client.get("/up/"));
            assertThat(got.interims).contains(":status: 103", "link: </a>");
            assertThat(got.status()).isEqualTo("200");
            assertThat(got.body()).isEqualTo("ok");
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aCutAnswerIsResetBehindItsLastByte(boolean byReset) throws Exception {
        CountDownLatch read = new CountDownLatch(1);
        String body = "x".repeat(100_000);
        try (RawUpstream upstream = RawUpstream.start(connection -> {
                    connection.readHead();
                    connection.send(head(OK, "Content-Length: 100001") + body);
                    if (!read.await(30, TimeUnit.SECONDS)) {
                        throw new AssertionError("the client never had it");
                    }
                    if (byReset) {
                        connection.reset();
                    }
                });
                Gateway gateway = Gateway.recording(upstream.uri());
                RawHttp2 client = client(gateway)) {
            RawHttp2.Stream stream = client.stream(client.get("/up/"));
            client.readUntil(() -> stream.body().length() == body.length());
            read.countDown();
            client.readUntil(stream::isOver);
            assertThat(stream.whole).isFalse();
            assertThat(stream.resetCode).isEqualTo(RawHttp2.INTERNAL_ERROR);
            assertThat(gateway.capture().ending).isEqualTo(byReset ? Ending.UPSTREAM_RESET : Ending.UPSTREAM_TRUNCATED);
            assertThat(gateway.line().ending()).isEqualTo(gateway.capture().ending);
            assertThat(client.stream(client.get("/nothing")).isOver()).isFalse();
            assertThat(client.await(3).status()).isEqualTo("404");
        }
    }

    /** What was read before the cut comes, although the client took none of it until then. */
    @Test
    void nothingBeforeACutIsLost() throws Exception {
        String body = "x".repeat(300_000);
        try (RawUpstream upstream = RawUpstream.start(connection -> {
                    connection.readHead();
                    connection.send(head(OK, "Content-Length: 400000") + body);
                });
                Gateway gateway = Gateway.recording(upstream.uri());
                RawHttp2 client = client(gateway, RawHttp2.INITIAL_WINDOW_SIZE, 100)) {
            int stream = client.get("/up/");
            client.stall();
            client.readUntil(() -> client.stream(stream).body().length() == 100);
            assertThat(client.stream(stream).isOver()).isFalse();
            client.window(0, 1 << 20);
            client.window(stream, 1 << 20);
            RawHttp2.Stream got = client.await(stream);
            assertThat(got.body()).hasSize(body.length());
            assertThat(got.resetCode).isEqualTo(RawHttp2.INTERNAL_ERROR);
        }
    }

    @Test
    void anAnswerThatIsCutBeforeItsHeadIsAReset() throws Exception {
        try (RawUpstream upstream = RawUpstream.start(RawConnection::readHead);
                Gateway gateway = Gateway.recording(upstream.uri());
                RawHttp2 client = client(gateway)) {
            RawHttp2.Stream got = client.await(client.get("/up/"));
            assertThat(got.head).isEmpty();
            assertThat(got.resetCode).isEqualTo(RawHttp2.INTERNAL_ERROR);
            assertThat(gateway.capture().ending).isEqualTo(Ending.UPSTREAM_TRUNCATED);
        }
    }

    @Test
    void aStreamThatIsGivenUpFreesUpstreamAndLeavesTheOthers() throws Exception {
        CountDownLatch gone = new CountDownLatch(1);
        try (RawUpstream upstream = RawUpstream.start(connection -> {
                    connection.readHead();
                    connection.send(head(OK, "Transfer-Encoding: chunked") + chunk("begun"));
                    connection.readToEnd();
                    gone.countDown();
                });
                Gateway gateway = Gateway.recording(upstream.uri());
                RawHttp2 client = client(gateway)) {
            int stream = client.get("/up/");
            client.readUntil(() -> client.stream(stream).body().equals("begun"));
            client.reset(stream, RawHttp2.CANCEL);
            assertThat(gone.await(30, TimeUnit.SECONDS)).isTrue();
            assertThat(gateway.capture().ending).isEqualTo(Ending.CLIENT_CANCELLED);
            assertThat(gateway.line().ending()).isEqualTo(Ending.CLIENT_CANCELLED);
            assertThat(client.await(client.get("/health")).status()).isEqualTo("200");
        }
    }

    @Test
    void aConnectionThatIsGoneEndsAllItsStreams() throws Exception {
        try (RawUpstream upstream = RawUpstream.start(connection -> {
                    connection.readHead();
                    connection.send(head(OK, "Transfer-Encoding: chunked") + chunk("begun"));
                    connection.readToEnd();
                });
                Gateway gateway = Gateway.recording(upstream.uri())) {
            try (RawHttp2 client = client(gateway)) {
                List<Integer> streams = new ArrayList<>();
                for (int i = 0; i < 3; i++) {
                    streams.add(client.get("/up/"));
                }
                client.readUntil(() -> streams.stream()
                        .allMatch(stream -> client.stream(stream).body().equals("begun")));
            }
            await().until(() -> gateway.lines.size() == 3);
            assertThat(gateway.lines).allMatch(line -> line.ending() == Ending.CLIENT_CANCELLED);
            await().until(() -> upstream.openConnections() == 0);
        }
    }

    @Test
    void theTransportOfPlatformsWithoutEpollServesTheSame() throws Exception {
        try (RawUpstream upstream = RawUpstream.start(connection -> {
                    boolean cut = connection.readHead().startsWith("GET /cut ");
                    connection.send(head(OK, "Transfer-Encoding: chunked", "Connection: close")
                            + chunk("begun")
                            + (cut ? "" : "0\r\n\r\n"));
                });
                Gateway gateway = Gateway.recording(upstream.uri(), GatewayConfig.at("127.0.0.1", 0), Transport.NIO);
                RawHttp2 client = client(gateway)) {
            assertThat(client.await(client.get("/up/")).whole).isTrue();
            RawHttp2.Stream cut = client.await(client.get("/up/cut"));
            assertThat(cut.body()).isEqualTo("begun");
            assertThat(cut.resetCode).isEqualTo(RawHttp2.INTERNAL_ERROR);
        }
    }
}
