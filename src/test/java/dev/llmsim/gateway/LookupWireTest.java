package dev.llmsim.gateway;

import static dev.llmsim.testkit.RawMessage.chunk;
import static dev.llmsim.testkit.RawMessage.head;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.llmsim.exchange.Bytes;
import dev.llmsim.exchange.Ending;
import dev.llmsim.exchange.Frame;
import dev.llmsim.exchange.Framing;
import dev.llmsim.exchange.Headers;
import dev.llmsim.exchange.Request;
import dev.llmsim.exchange.Response;
import dev.llmsim.exchange.ResponseHead;
import dev.llmsim.exchange.TimingSource;
import dev.llmsim.gateway.playback.PlaybackWriter;
import dev.llmsim.gateway.playback.Played;
import dev.llmsim.mode.Decision;
import dev.llmsim.mode.MatchTier;
import dev.llmsim.mode.Origin;
import dev.llmsim.mode.Refusal;
import dev.llmsim.provider.Dialect;
import dev.llmsim.telemetry.Counter;
import dev.llmsim.testkit.RawConnection;
import dev.llmsim.testkit.RawMessage;
import dev.llmsim.testkit.RawUpstream;
import dev.llmsim.timing.Lateness;
import dev.llmsim.timing.Pace;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Consumer;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Modes that look up see the whole request before they decide. */
class LookupWireTest {
    private static final URI NOBODY = URI.create("http://127.0.0.1:1");

    private final BlockingQueue<Request> asked = new LinkedBlockingQueue<>();

    private Gateway gateway(URI base, Function<Request, CompletionStage<Decision>> decide) {
        return Gateway.lookingUp(
                base,
                GatewayConfig.at("127.0.0.1", 0).withLimits(Limits.DEFAULT.withMaxRequestBytes(1000)),
                LookupWireTest::playAtOnce,
                request -> {
                    asked.add(request);
                    return decide.apply(request);
                });
    }

    /** All frames in one write: the pacing is another room's. */
    private static void playAtOnce(
            ChannelHandlerContext ctx, HttpRequest request, Decision.Respond respond, Consumer<Played> whenDone) {
        Bytes body = respond.response().body();
        DefaultFullHttpResponse answer = new DefaultFullHttpResponse(
                HttpVersion.HTTP_1_1, HttpResponseStatus.OK, Unpooled.wrappedBuffer(body.toArray()));
        answer.headers().set("content-length", body.length());
        ctx.writeAndFlush(answer)
                .addListener(written -> whenDone.accept(
                        new Played(respond.origin(), 200, 9, 0, body.length(), false, true, new Lateness(0, 0, 0))));
    }

    /** One frame for each event. */
    private static Decision respond(String body) {
        List<Frame> frames = Arrays.stream(body.split("(?<=\n\n)", -1))
                .filter(part -> !part.isEmpty())
                .map(part -> new Frame(0, Bytes.utf8(part)))
                .toList();
        Response response = new Response(
                new ResponseHead(200, "OK", Headers.EMPTY),
                Framing.LENGTH,
                body.length(),
                frames,
                Headers.EMPTY,
                TimingSource.RECORDED,
                0,
                0,
                Ending.COMPLETE);
        return new Decision.Respond(response, new Origin.Recorded("c", "id", MatchTier.CANONICAL));
    }

    @Test
    void aHitIsPlayedAndTheConnectionGoesOn() throws Exception {
        try (Gateway gateway = gateway(
                        NOBODY,
                        request -> Gateway.now(respond("hit " + request.body().utf8())));
                RawConnection client = gateway.client()) {
            client.send(head("POST /up/v1/chat?x=1 HTTP/1.1", "Host: localhost", "Transfer-Encoding: chunked")
                    + chunk("a") + chunk("b") + "0\r\n\r\n"
                    + head("POST /up/ HTTP/1.1", "Host: localhost", "Content-Length: 1") + "c");
            assertThat(client.readMessage().text()).isEqualTo("hit ab");
            assertThat(client.readMessage().text()).isEqualTo("hit c");
            Request first = asked.take();
            assertThat(first.target()).isEqualTo("/v1/chat?x=1");
            assertThat(first.body().utf8()).isEqualTo("ab");
            await().until(() -> gateway.lines.size() == 2);
            assertThat(gateway.line().source()).isEqualTo("recorded");
            assertThat(gateway.line().match()).isEqualTo("canonical");
            assertThat(gateway.line().bodyBytes()).isEqualTo(6);
            assertThat(gateway.line().ttftNanos()).isZero();
            assertThat(gateway.counters.count(Counter.RECORDED)).isEqualTo(2);
            assertThat(gateway.captures.all).isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource({"HEAD, CLOSE, COMPLETE, 200", "GET, LENGTH, TIMEOUT, 504"})
    void aConnectionGoesOnWherePlaybackSaysSo(String method, Framing framing, Ending ending, int status)
            throws Exception {
        Response recorded = new Response(
                ending == Ending.COMPLETE ? new ResponseHead(200, "OK", Headers.EMPTY) : null,
                framing,
                -1,
                List.of(),
                Headers.EMPTY,
                TimingSource.RECORDED,
                0,
                0,
                ending);
        Decision decision = new Decision.Respond(recorded, new Origin.Recorded("c", "id", MatchTier.CANONICAL));
        PlaybackWriter writer = new PlaybackWriter(Pace.INSTANT, (request, code, message) -> ownWords(code), any -> {});
        try (Gateway gateway = Gateway.lookingUp(
                        NOBODY, GatewayConfig.at("127.0.0.1", 0), writer::play, request -> Gateway.now(decision));
                RawConnection client = gateway.client()) {
            String asked = head(method + " /up/ HTTP/1.1", "Host: localhost");
            client.send(asked);
            assertThat(client.readHead()).startsWith("HTTP/1.1 " + status).doesNotContain("connection: close");
            client.send(asked);
            assertThat(client.readHead()).startsWith("HTTP/1.1 " + status);
            assertThat(gateway.line().status()).isEqualTo(status);
        }
    }

    private static Response ownWords(int status) {
        return new Response(
                new ResponseHead(status, "Own", Headers.EMPTY),
                Framing.LENGTH,
                -1,
                List.of(),
                Headers.EMPTY,
                TimingSource.RECORDED,
                0,
                0,
                Ending.COMPLETE);
    }

    @Test
    void aDecisionMayComeFromAnotherThread() throws Exception {
        CompletableFuture<Decision> later = new CompletableFuture<>();
        try (Gateway gateway = gateway(NOBODY, request -> later);
                RawConnection client = gateway.client()) {
            client.send(head("GET /up/ HTTP/1.1", "Host: localhost"));
            asked.take();
            later.complete(respond("late"));
            assertThat(client.readMessage().text()).isEqualTo("late");
        }
    }

    @Test
    void aMissIsForwardedWholeAndRecorded() throws Exception {
        BlockingQueue<RawMessage> received = new LinkedBlockingQueue<>();
        try (RawUpstream upstream = RawUpstream.start(connection -> {
                    received.add(connection.readMessage());
                    connection.send(head("HTTP/1.1 200 OK", "Content-Length: 2") + "ok");
                });
                Gateway gateway = gateway(
                        upstream.uri(),
                        request -> Gateway.now(new Decision.Forward(Gateway.upstream(upstream.uri()), true)));
                RawConnection client = gateway.client()) {
            client.send(head("POST /up/ HTTP/1.1", "Host: localhost", "Expect: 100-continue", "Content-Length: 4"));
            assertThat(client.readHead()).isEqualTo(head("HTTP/1.1 100 Continue"));
            client.send("body");
            assertThat(client.readMessage().text()).isEqualTo("ok");
            RawMessage request = received.take();
            assertThat(request.text()).isEqualTo("body");
            assertThat(request.header("expect")).isEmpty();
            KeptCaptures.Kept kept = gateway.capture();
            assertThat(kept.requestText()).isEqualTo("body");
            assertThat(kept.responseText()).isEqualTo("ok");
            assertThat(kept.calls).startsWith("requestBytes", "requestSent", "responseHead");
        }
    }

    @Test
    void aChunkedMissKeepsItsTrailers() throws Exception {
        BlockingQueue<RawMessage> received = new LinkedBlockingQueue<>();
        try (RawUpstream upstream = RawUpstream.start(connection -> {
                    received.add(connection.readMessage());
                    connection.send(head("HTTP/1.1 204 No Content"));
                });
                Gateway gateway = gateway(
                        upstream.uri(),
                        request -> Gateway.now(new Decision.Forward(Gateway.upstream(upstream.uri()), false)));
                RawConnection client = gateway.client()) {
            client.send(head("POST /up/ HTTP/1.1", "Host: localhost", "Transfer-Encoding: chunked") + chunk("ab")
                    + chunk("c") + "0\r\n" + head("X-T: 1"));
            client.readHead();
            RawMessage request = received.take();
            assertThat(request.text()).isEqualTo("abc");
            assertThat(request.trailers()).isEqualTo("X-T: 1\r\n");
            assertThat(gateway.captures.all).isEmpty();
        }
    }

    @Test
    void aRefusalCarriesItsHeadersAndEnvelope() throws Exception {
        Refusal refusal = new Refusal(
                424, Dialect.ANTHROPIC, "no recording (expected: one)", Headers.of("x-should-retry", "false"));
        try (Gateway gateway = gateway(NOBODY, request -> Gateway.now(new Decision.Refuse(refusal)));
                RawConnection client = gateway.client()) {
            client.send(head("GET /up/ HTTP/1.1", "Host: localhost"));
            RawMessage got = client.readMessage();
            assertThat(got.startLine()).startsWith("HTTP/1.1 424 ");
            assertThat(got.header("x-should-retry")).isEqualTo("false");
            assertThat(got.header("x-llmsim-source")).isEqualTo("gateway");
            assertThat(got.text()).contains("\"dialect\":\"anthropic\"");
            assertThat(gateway.line().status()).isEqualTo(424);
            assertThat(gateway.counters.count(Counter.MISSES)).isEqualTo(1);
        }
    }

    @Test
    void whatIsAnnouncedTooLongIsRefusedBeforeItIsSent() throws Exception {
        try (Gateway gateway = gateway(NOBODY, request -> Gateway.now(respond("never")));
                RawConnection client = gateway.client()) {
            client.send(head("POST /up/ HTTP/1.1", "Host: localhost", "Expect: 100-continue", "Content-Length: 1001"));
            assertThat(client.readToFin())
                    .startsWith("HTTP/1.1 413 ")
                    .contains("longer than 1000 bytes")
                    .contains("connection: close");
            assertThat(asked).isEmpty();
        }
    }

    @Test
    void whatTurnsOutTooLongIsRefused() throws Exception {
        try (Gateway gateway = gateway(NOBODY, request -> Gateway.now(respond("never")));
                RawConnection client = gateway.client()) {
            client.send(head("POST /up/ HTTP/1.1", "Host: localhost", "Transfer-Encoding: chunked")
                    + chunk("x".repeat(900))
                    + chunk("x".repeat(900)));
            assertThat(client.readToFin()).startsWith("HTTP/1.1 413 ");
            assertThat(asked).isEmpty();
        }
    }

    @Test
    void aDeciderThatFailsIs500() throws Exception {
        try (Gateway gateway = gateway(
                        NOBODY, request -> CompletableFuture.failedFuture(new IllegalStateException("made to")));
                RawConnection client = gateway.client()) {
            client.send(head("GET /up/ HTTP/1.1", "Host: localhost"));
            RawMessage got = client.readMessage();
            assertThat(got.startLine()).startsWith("HTTP/1.1 500 ");
            assertThat(got.text()).doesNotContain("made to");
        }
    }

    @ParameterizedTest
    @CsvSource({"0, COMPLETE", "1, CLIENT_CANCELLED"})
    void aClientThatLeavesBehindTheLastPlayedEventHasCancelledNothing(int unsentBytes, Ending expected)
            throws Exception {
        String body = "data: {}\n\ndata: [DONE]\n\n";
        Player left = (ctx, request, respond, whenDone) -> whenDone.accept(new Played(
                respond.origin(), 200, 0, 0, body.length() - unsentBytes, true, false, new Lateness(0, 0, 0)));
        try (Gateway gateway = Gateway.lookingUp(
                        NOBODY, GatewayConfig.at("127.0.0.1", 0), left, request -> Gateway.now(respond(body)));
                RawConnection client = gateway.client()) {
            client.send(head("GET /up/ HTTP/1.1", "Host: localhost"));
            assertThat(gateway.line().ending()).isEqualTo(expected);
        }
    }

    @Test
    void aRequestThatIsDecidedWhenTheGatewayStopsWasNotCancelledByItsClient() throws Exception {
        try (Gateway gateway = gateway(NOBODY, request -> new CompletableFuture<>());
                RawConnection client = gateway.client()) {
            client.send(head("GET /up/ HTTP/1.1", "Host: localhost"));
            asked.take();
            gateway.server.close();
            assertThat(gateway.line().stopped()).isTrue();
        }
    }

    /** The decision comes on the exchange's own loop, so that it has been acted on, if it is, when the line is there. */
    @Test
    void aClientThatLeavesWhileItIsDecidedIsForgotten() throws Exception {
        CompletableFuture<Decision> later = new CompletableFuture<>();
        try (Gateway gateway = gateway(NOBODY, request -> later)) {
            gateway.whenEnded = () -> later.complete(respond("late"));
            try (RawConnection client = gateway.client()) {
                client.send(head("GET /up/ HTTP/1.1", "Host: localhost"));
                asked.take();
            }
            assertThat(gateway.line().ending()).isEqualTo(Ending.CLIENT_CANCELLED);
            assertThat(later).isDone();
            assertThat(gateway.counters.count(Counter.RECORDED)).isZero();
        }
    }
}
