package dev.llmsim.gateway;

import static dev.llmsim.gateway.Http2WireTest.bytes;
import static dev.llmsim.gateway.Http2WireTest.client;
import static dev.llmsim.testkit.RawMessage.chunk;
import static dev.llmsim.testkit.RawMessage.head;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.llmsim.exchange.Ending;
import dev.llmsim.telemetry.Counter;
import dev.llmsim.testkit.RawConnection;
import dev.llmsim.testkit.RawHttp2;
import dev.llmsim.testkit.RawUpstream;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a client may do over HTTP/2, and what becomes of it where it does more. */
class Http2LimitsWireTest {
    private static final URI NOBODY = URI.create("http://127.0.0.1:1");
    private static final GatewayConfig ANY_PORT = GatewayConfig.at("127.0.0.1", 0);
    private static final Duration SHORT = Duration.ofMillis(150);
    private static final String BEGUN = head("HTTP/1.1 200 OK", "Transfer-Encoding: chunked") + chunk("begun");

    private static Gateway gateway() {
        return Gateway.passing(NOBODY);
    }

    private static RawHttp2.Stream ask(RawHttp2 client, String... lines) throws Exception {
        return client.await(client.open(true, lines));
    }

    private static RawUpstream stalling() throws IOException {
        return RawUpstream.start(connection -> {
            connection.readHead();
            connection.send(BEGUN);
            connection.readToEnd();
        });
    }

    @Test
    void theLimitsAreAnnounced() throws Exception {
        try (Gateway gateway = gateway();
                RawHttp2 client = client(gateway)) {
            client.readUntil(() -> client.setting(RawHttp2.MAX_CONCURRENT_STREAMS) >= 0);
            assertThat(client.setting(RawHttp2.MAX_CONCURRENT_STREAMS)).isEqualTo(1_000);
            assertThat(client.setting(RawHttp2.MAX_HEADER_LIST_SIZE)).isEqualTo(2 * (64 << 10));
        }
    }

    @Test
    void oneStreamTooManyIsRefusedAndTheOthersGoOn() throws Exception {
        try (RawUpstream upstream = stalling();
                Gateway gateway = Gateway.lookingUp(
                        upstream.uri(),
                        ANY_PORT,
                        (ctx, request, respond, whenDone) -> {},
                        request -> new CompletableFuture<>());
                RawHttp2 client = client(gateway)) {
            for (int i = 0; i < 1_000; i++) {
                client.get("/up/");
            }
            RawHttp2.Stream refused = client.await(client.get("/up/"));
            assertThat(refused.resetCode).isEqualTo(RawHttp2.REFUSED_STREAM);
            assertThat(client.goAwayCode()).isEqualTo(-1);
            assertThat(client.stream(1).isOver()).isFalse();
            assertThat(gateway.counters.count(Counter.OPEN_EXCHANGES)).isEqualTo(1_000);
        }
    }

    /** CVE-2023-44487: streams that are begun and reset at once. */
    @Test
    void aFloodOfResetsEndsTheConnection() throws Exception {
        try (Gateway gateway = gateway();
                RawHttp2 client = client(gateway)) {
            for (int i = 0; i < 2_000 && !client.isEnded(); i++) {
                try {
                    client.reset(client.get("/up/"), RawHttp2.CANCEL);
                } catch (IOException closed) {
                    break;
                }
            }
            client.readToEnd();
            assertThat(client.goAwayCode()).isEqualTo(RawHttp2.ENHANCE_YOUR_CALM);
            await().until(() -> gateway.counters.count(Counter.OPEN_EXCHANGES) == 0);
            await().until(() -> gateway.counters.count(Counter.OPEN_CONNECTIONS) == 0);
        }
    }

    @Test
    void aBodyThatIsTooLongIs413AndTheRestOfItIsNotWanted() throws Exception {
        try (Gateway gateway = Gateway.lookingUp(
                        NOBODY,
                        ANY_PORT.withLimits(Limits.DEFAULT.withMaxRequestBytes(1000)),
                        (ctx, request, respond, whenDone) -> {},
                        request -> new CompletableFuture<>());
                RawHttp2 client = client(gateway)) {
            int stream = client.post("/up/");
            client.data(stream, new byte[1001], false);
            RawHttp2.Stream got = client.await(stream);
            assertThat(got.status()).isEqualTo("413");
            assertThat(got.body()).contains("\"dialect\":\"openai\"", "--max-request");
            assertThat(got.whole).isTrue();
            client.readUntil(() -> got.resetCode >= 0);
            assertThat(got.resetCode).isEqualTo(RawHttp2.NO_ERROR);
            assertThat(client.await(client.get("/health")).status()).isEqualTo("200");
        }
    }

    @Test
    void aClientThatAsksIsToldToGoOn() throws Exception {
        try (RawUpstream upstream = RawUpstream.answering(head("HTTP/1.1 200 OK", "Content-Length: 0"));
                Gateway gateway = Gateway.lookingUp(
                        upstream.uri(),
                        ANY_PORT,
                        (ctx, request, respond, whenDone) -> {},
                        request -> Gateway.now(
                                new dev.llmsim.mode.Decision.Forward(Gateway.upstream(upstream.uri()), false)));
                RawHttp2 client = client(gateway)) {
            int stream = client.post("/up/", "expect: 100-continue", "content-length: 2");
            client.readUntil(() -> !client.stream(stream).interims.isEmpty());
            assertThat(client.stream(stream).interims).containsExactly(":status: 100");
            client.data(stream, bytes("ab"), true);
            assertThat(client.await(stream).status()).isEqualTo("200");
        }
    }

    @Test
    void aPathThatIsTooLongIs414() throws Exception {
        try (Gateway gateway = gateway();
                RawHttp2 client = client(gateway)) {
            RawHttp2.Stream got = client.await(client.get("/up/" + "x".repeat(66_000)));
            assertThat(got.status()).isEqualTo("414");
            assertThat(client.await(client.get("/health")).status()).isEqualTo("200");
        }
    }

    @Test
    void tooManyHeadersAre431() throws Exception {
        try (Gateway gateway = gateway();
                RawHttp2 client = client(gateway)) {
            RawHttp2.Stream ours = client.await(client.get("/up/", "x-long: " + "x".repeat(66_000)));
            assertThat(ours.status()).isEqualTo("431");
            assertThat(ours.body()).contains("\"dialect\":\"openai\"");
            RawHttp2.Stream library = client.await(client.get("/up/", "x-long: " + "x".repeat(140_000)));
            assertThat(library.status()).isEqualTo("431");
            assertThat(client.await(client.get("/health")).status()).isEqualTo("200");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "connection: close",
                "transfer-encoding: chunked",
                "X-Upper: 1",
                "te: gzip",
                ":status: 200",
                "upgrade: h2c"
            })
    void aMalformedRequestIsReset(String line) throws Exception {
        try (Gateway gateway = gateway();
                RawHttp2 client = client(gateway)) {
            RawHttp2.Stream got = client.await(client.get("/up/", line));
            assertThat(got.resetCode).isEqualTo(RawHttp2.PROTOCOL_ERROR);
            assertThat(client.await(client.get("/health")).status()).isEqualTo("200");
            assertThat(gateway.counters.count(Counter.FORWARDED)).isZero();
        }
    }

    @Test
    void aRequestWithoutAPathIsReset() throws Exception {
        try (Gateway gateway = gateway();
                RawHttp2 client = client(gateway)) {
            RawHttp2.Stream got = ask(client, ":method: GET", ":scheme: http", ":authority: localhost");
            assertThat(got.resetCode).isEqualTo(RawHttp2.PROTOCOL_ERROR);
        }
    }

    /** They would be lines of their own in the HTTP/1.1 request that upstream gets. */
    @ParameterizedTest
    @ValueSource(strings = {"x: a\r\nx-smuggled: 1", "x: a\nb", "x: a\u0000b", "x y: 1"})
    void whatCannotStandInAHeaderIsRefused(String line) throws Exception {
        try (RawUpstream upstream = RawUpstream.answering(head("HTTP/1.1 200 OK", "Content-Length: 0"));
                Gateway gateway = Gateway.passing(upstream.uri());
                RawHttp2 client = client(gateway)) {
            RawHttp2.Stream got = client.await(client.get("/up/", line));
            assertThat(got.resetCode == RawHttp2.PROTOCOL_ERROR || got.status().equals("400"))
                    .isTrue();
            assertThat(upstream.connections()).isZero();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"content-length: 3", "x: a\r\nb", ":path: /up/"})
    void whatCannotStandInATrailerIsRefused(String line) throws Exception {
        try (RawUpstream upstream = stalling();
                Gateway gateway = Gateway.lookingUp(
                        upstream.uri(),
                        ANY_PORT,
                        (ctx, request, respond, whenDone) -> {},
                        request -> new CompletableFuture<>());
                RawHttp2 client = client(gateway)) {
            int stream = client.post("/up/");
            client.headers(stream, true, line);
            RawHttp2.Stream got = client.await(stream);
            assertThat(got.resetCode == RawHttp2.PROTOCOL_ERROR || got.status().equals("400"))
                    .isTrue();
            assertThat(client.await(client.get("/health")).status()).isEqualTo("200");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/up/a b", "/up/a\r\nx: 1", "http://elsewhere/", "up"})
    void whatCannotStandInARequestLineIsRefused(String path) throws Exception {
        try (Gateway gateway = gateway();
                RawHttp2 client = client(gateway)) {
            RawHttp2.Stream got = client.await(client.get(path));
            assertThat(got.resetCode == RawHttp2.PROTOCOL_ERROR || got.status().equals("400"))
                    .isTrue();
            assertThat(gateway.counters.count(Counter.FORWARDED)).isZero();
        }
    }

    @Test
    void aHostThatContradictsTheAuthorityIs400() throws Exception {
        try (Gateway gateway = gateway();
                RawHttp2 client = client(gateway)) {
            assertThat(client.await(client.get("/health", "host: elsewhere")).status())
                    .isEqualTo("400");
            assertThat(client.await(client.get("/health", "host: localhost")).status())
                    .isEqualTo("200");
            assertThat(ask(client, ":method: GET", ":scheme: http", ":path: /health", "host: localhost")
                            .status())
                    .isEqualTo("200");
            assertThat(ask(client, ":method: GET", ":scheme: http", ":path: /health")
                            .status())
                    .isEqualTo("400");
        }
    }

    @Test
    void ourOwnPagesLookAtTheAuthority() throws Exception {
        try (Gateway gateway = gateway();
                RawHttp2 client = client(gateway)) {
            assertThat(client.await(client.get("/llmsim/stats")).status()).isEqualTo("200");
            RawHttp2.Stream rebound =
                    ask(client, ":method: GET", ":scheme: http", ":authority: evil.example", ":path: /llmsim/stats");
            assertThat(rebound.status()).isEqualTo("403");
        }
    }

    @Test
    void aTunnelIsRefused() throws Exception {
        try (Gateway gateway = gateway();
                RawHttp2 client = client(gateway)) {
            assertThat(ask(client, ":method: CONNECT", ":authority: elsewhere:443")
                            .status())
                    .isEqualTo("405");
        }
    }

    @Test
    void aPageMayAskBeforeItAsks() throws Exception {
        try (Gateway gateway = gateway();
                RawHttp2 client = client(gateway)) {
            RawHttp2.Stream got = ask(
                    client,
                    ":method: OPTIONS",
                    ":scheme: http",
                    ":authority: localhost",
                    ":path: /up/",
                    "origin: http://page.example",
                    "access-control-request-method: POST");
            assertThat(got.status()).isEqualTo("200");
            assertThat(got.header("access-control-allow-origin")).isEqualTo("*");
            assertThat(got.whole).isTrue();
        }
    }

    @Test
    void aBodyThatDoesNotComeIs408() throws Exception {
        Timeouts timeouts = Timeouts.DEFAULT.withRequestIdle(SHORT);
        try (Gateway gateway = Gateway.lookingUp(
                        NOBODY,
                        ANY_PORT.withTimeouts(timeouts),
                        (ctx, request, respond, whenDone) -> {},
                        request -> new CompletableFuture<>());
                RawHttp2 client = client(gateway)) {
            int stream = client.post("/up/");
            RawHttp2.Stream got = client.await(stream);
            assertThat(got.status()).isEqualTo("408");
            client.readUntil(() -> got.resetCode >= 0);
            assertThat(client.await(client.get("/health")).status()).isEqualTo("200");
        }
    }

    @Test
    void aConnectionWithoutRequestsIsToldAndClosed() throws Exception {
        Timeouts timeouts = Timeouts.DEFAULT.withKeepAlive(SHORT);
        try (Gateway gateway = Gateway.recording(NOBODY, timeouts);
                RawHttp2 unused = client(gateway);
                RawHttp2 client = client(gateway)) {
            assertThat(client.await(client.get("/health")).status()).isEqualTo("200");
            client.readToEnd();
            assertThat(client.goAwayCode()).isEqualTo(RawHttp2.NO_ERROR);
            unused.readToEnd();
            assertThat(unused.goAwayCode()).isEqualTo(RawHttp2.NO_ERROR);
            await().until(() -> gateway.counters.count(Counter.OPEN_CONNECTIONS) == 0);
        }
    }

    /** The second stream outlives the limit by far, by the clock of the first connection, which is closed by it. */
    @Test
    void aConnectionWithARequestUnderWayIsNotIdle() throws Exception {
        Timeouts timeouts = Timeouts.DEFAULT.withKeepAlive(SHORT);
        try (RawUpstream upstream = stalling();
                Gateway gateway = Gateway.recording(upstream.uri(), timeouts);
                RawHttp2 client = client(gateway);
                RawHttp2 idle = client(gateway)) {
            int stream = client.get("/up/");
            client.readUntil(() -> client.stream(stream).body().equals("begun"));
            idle.readToEnd();
            assertThat(client.await(client.get("/health")).status()).isEqualTo("200");
            assertThat(client.goAwayCode()).isEqualTo(-1);
            assertThat(client.stream(stream).isOver()).isFalse();
        }
    }

    @Test
    void aGatewayThatStopsServesWhatHasBegun() throws Exception {
        CountDownLatch stopping = new CountDownLatch(1);
        try (RawUpstream upstream = RawUpstream.start(connection -> {
                    connection.readHead();
                    connection.send(BEGUN);
                    stopping.await();
                    connection.send(chunk(" and ended") + "0\r\n\r\n");
                });
                Gateway gateway = Gateway.recording(upstream.uri());
                RawHttp2 client = client(gateway)) {
            int stream = client.get("/up/");
            client.readUntil(() -> client.stream(stream).body().equals("begun"));
            Thread close = new Thread(() -> gateway.server.close(Duration.ofSeconds(30)));
            close.start();
            client.readUntil(() -> client.goAwayCode() == RawHttp2.NO_ERROR);
            stopping.countDown();
            RawHttp2.Stream got = client.await(stream);
            assertThat(got.body()).isEqualTo("begun and ended");
            assertThat(got.whole).isTrue();
            client.readToEnd();
            close.join();
            assertThat(gateway.line().ending()).isEqualTo(Ending.COMPLETE);
        }
    }

    @Test
    void whatDoesNotEndInTimeIsCutWhenTheGatewayStops() throws Exception {
        try (RawUpstream upstream = stalling();
                Gateway gateway = Gateway.recording(upstream.uri());
                RawHttp2 client = client(gateway)) {
            int stream = client.get("/up/");
            client.readUntil(() -> client.stream(stream).body().equals("begun"));
            gateway.server.close();
            client.readToEnd();
            assertThat(client.stream(stream).whole).isFalse();
            assertThat(gateway.line().stopped()).isTrue();
        }
    }

    @Test
    void theFirstBytesMayComeOneByOne() throws Exception {
        try (Gateway gateway = gateway();
                RawConnection old = gateway.client();
                RawConnection client = gateway.client()) {
            client.sendInPieces(RawHttp2.PREFACE, 1);
            client.send(new byte[] {0, 0, 0, RawHttp2.SETTINGS, 0, 0, 0, 0, 0});
            assertThat(client.readExactly(9)[3]).isEqualTo((byte) RawHttp2.SETTINGS);
            old.sendInPieces(head("PRINT /health HTTP/1.1", "Host: localhost"), 1);
            assertThat(old.readMessage().startLine()).startsWith("HTTP/1.1 405 ");
        }
    }

    @Test
    void whatOnlyBeginsLikeThePrefaceIsARequest() throws Exception {
        try (Gateway gateway = gateway();
                RawConnection client = gateway.client()) {
            client.send("PRI * HTTP/2.0\r\n\r\nXX\r\n\r\n");
            assertThat(client.readMessage().startLine()).matches("HTTP/1.1 (400|505) .*");
        }
    }

    @Test
    void aPrefaceThatDoesNotGoOnIs408() throws Exception {
        try (Gateway gateway = Gateway.recording(NOBODY, Timeouts.DEFAULT.withRequestHead(SHORT));
                RawConnection client = gateway.client()) {
            client.send("PRI * HT");
            assertThat(client.readMessage().startLine()).startsWith("HTTP/1.1 408 ");
        }
    }

    @Test
    void whatIsNoFrameEndsTheConnection() throws Exception {
        try (Gateway gateway = gateway();
                RawHttp2 client = client(gateway)) {
            client.frame(RawHttp2.DATA, 0, 0, new byte[3]);
            client.readToEnd();
            assertThat(client.goAwayCode()).isEqualTo(RawHttp2.PROTOCOL_ERROR);
            await().until(() -> gateway.counters.count(Counter.OPEN_CONNECTIONS) == 0);
        }
    }
}
