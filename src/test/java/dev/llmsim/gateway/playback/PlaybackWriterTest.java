package dev.llmsim.gateway.playback;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.llmsim.exchange.Ending;
import dev.llmsim.exchange.Framing;
import dev.llmsim.exchange.Response;
import dev.llmsim.mode.Decision;
import dev.llmsim.timing.Lateness;
import dev.llmsim.timing.Pace;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.DefaultHttpRequest;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.HttpVersion;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What leaves when, on a channel whose clock stands still until it is moved. */
class PlaybackWriterTest {
    private static final String GET = "GET /v1/models HTTP/1.1\r\nhost: x\r\n\r\n";
    private static final String MARKS = String.join(
            "\r\n",
            "x-llmsim-source: recorded",
            "x-llmsim-match: canonical",
            "x-llmsim-recording: caf%C3%A9%201/openai-chat-3f9a12c4",
            "\r\n");

    private final AtomicInteger done = new AtomicInteger();
    private final List<Played> played = new ArrayList<>();
    private final AtomicInteger flushes = new AtomicInteger();
    private final EmbeddedChannel channel = new EmbeddedChannel();

    @AfterEach
    void close() {
        channel.finishAndReleaseAll();
    }

    @Test
    void sendsEachPartWhenItIsDueAndNotBefore() {
        ask(GET, Pace.RECORDED, Answer.of("one", "two"));

        assertThat(sent()).isEmpty();
        assertThat(after(9)).isEmpty();
        assertThat(after(1)).isEqualTo("HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n" + MARKS);
        assertThat(after(9)).isEmpty();
        assertThat(after(1)).isEqualTo("3\r\none\r\n");
        assertThat(after(10)).isEqualTo("3\r\ntwo\r\n");
        assertThat(done).hasValue(0);
        assertThat(after(10)).isEqualTo("0\r\n\r\n");
        assertThat(done).hasValue(1);
        assertThat(channel.isOpen()).isTrue();
        assertThat(channel.runScheduledPendingTasks()).isEqualTo(-1);
    }

    @Test
    void aLateWakeUpDelaysNothingAfterItAndIsReported() {
        ask(GET, Pace.RECORDED, Answer.of("one", "two", "three"));

        assertThat(after(35)).endsWith("6\r\nonetwo\r\n");
        assertThat(after(4)).isEmpty();
        assertThat(after(1)).isEqualTo("5\r\nthree\r\n");
        after(10);
        assertThat(played).singleElement().satisfies(one -> {
            assertThat(one.lateness()).isEqualTo(new Lateness(5, 45_000_000, 25_000_000));
            assertThat(one.headNanos()).isEqualTo(35_000_000);
            assertThat(one.bodyNanos()).isEqualTo(35_000_000);
            assertThat(one.bodyBytes()).isEqualTo(11);
            assertThat(one.clientLeft()).isFalse();
        });
    }

    @Test
    void theFirstBodyByteIsTimedApartFromTheHead() {
        ask(GET, Pace.RECORDED, Answer.of("one", "two"));

        for (int tick = 0; tick < 5; tick++) {
            after(10);
        }
        assertThat(played).singleElement().satisfies(one -> {
            assertThat(one.headNanos()).isEqualTo(10_000_000);
            assertThat(one.bodyNanos()).isEqualTo(20_000_000);
        });
    }

    @Test
    void instantLeavesInOneFlush() {
        ask(GET, Pace.INSTANT, Answer.of("one", "two", "three").trailers("x-sum", "11"));

        assertThat(sent()).endsWith("\r\n\r\nb\r\nonetwothree\r\n0\r\nx-sum: 11\r\n\r\n");
        assertThat(flushes).hasValue(1);
        assertThat(done).hasValue(1);
    }

    @Test
    void timesCountFromTheEndOfTheRequest() {
        start(Pace.RECORDED, request -> Answer.of("one").decision());
        PlaybackWriter.requestEnded(channel);
        channel.advanceTimeBy(6, MILLISECONDS);
        channel.writeInbound(Unpooled.copiedBuffer(GET, ISO_8859_1));

        assertThat(sent()).isEmpty();
        assertThat(after(4)).startsWith("HTTP/1.1 200 OK");
    }

    @Test
    void keepsStatusReasonAndHeadersInOrderWithDuplicatesAndOctets() {
        ask(
                GET,
                Pace.INSTANT,
                Answer.of("x")
                        .head(
                                529,
                                "Overloaded now",
                                "Vary",
                                "Origin",
                                "X-Odd",
                                "caf\u00e9",
                                "vary",
                                "Accept",
                                "x-empty",
                                "",
                                "Content-Length",
                                "999",
                                "Transfer-Encoding",
                                "gzip",
                                "connection",
                                "close",
                                "trailer",
                                "x-sum"));

        assertThat(sent())
                .startsWith("HTTP/1.1 529 Overloaded now\r\nVary: Origin\r\nX-Odd: caf\u00e9\r\nvary: Accept\r\n"
                        + "x-empty: \r\ntrailer: x-sum\r\ntransfer-encoding: chunked\r\n" + MARKS);
    }

    @Test
    void anEmptyReasonStaysEmpty() {
        ask(GET, Pace.INSTANT, Answer.of("x").head(200, ""));

        assertThat(sent()).startsWith("HTTP/1.1 200 \r\n");
    }

    @ParameterizedTest
    @CsvSource({"recorded, 20, 1500", "scale=0.5, 10, 750", "instant, 0, 0"})
    void retryAfterFollowsThePace(String pace, String seconds, String millis) {
        ask(GET, Pace.parse(pace), Answer.of("x").head(429, "", "retry-after", "20", "retry-after-ms", "1500"));

        assertThat(after(100)).contains("retry-after: " + seconds + "\r\nretry-after-ms: " + millis + "\r\n");
    }

    @Test
    void aLengthIsTheRealOneAndAnotherRequestMayFollow() {
        ask(GET, Pace.INSTANT, Answer.of("one", "two").framing(Framing.LENGTH).declaredBytes(4711));

        assertThat(sent()).isEqualTo("HTTP/1.1 200 OK\r\ncontent-length: 6\r\n" + MARKS + "onetwo");
        channel.writeInbound(Unpooled.copiedBuffer(GET, ISO_8859_1));
        assertThat(sent()).endsWith(MARKS + "onetwo");
        assertThat(done).hasValue(2);
    }

    @Test
    void anEmptyBodyHasLengthZero() {
        ask(GET, Pace.INSTANT, Answer.of().framing(Framing.LENGTH));

        assertThat(sent()).isEqualTo("HTTP/1.1 200 OK\r\ncontent-length: 0\r\n" + MARKS);
    }

    @Test
    void aCloseDelimitedBodyEndsWithTheConnection() {
        ask(GET, Pace.RECORDED, Answer.of("one").framing(Framing.CLOSE));

        assertThat(after(20)).isEqualTo("HTTP/1.1 200 OK\r\nconnection: close\r\n" + MARKS + "one");
        assertThat(channel.isOpen()).isTrue();
        assertThat(after(10)).isEmpty();
        assertThat(channel.isOpen()).isFalse();
        assertThat(done).hasValue(1);
        assertThat(played.get(0).clientLeft()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "LENGTH, 1234, content-length: 1234",
        "LENGTH, -1, ''",
        "CHUNKED, -1, transfer-encoding: chunked",
    })
    void headHasTheHeadersOfABodyAndNoBody(Framing framing, long declaredBytes, String expected) {
        ask(
                "HEAD /v1/models HTTP/1.1\r\nhost: x\r\n\r\n" + GET,
                Pace.INSTANT,
                Answer.of().framing(framing).declaredBytes(declaredBytes));

        String line = expected.isEmpty() ? "" : expected + "\r\n";
        String head = "HTTP/1.1 200 OK\r\n" + line + MARKS;
        assertThat(sent()).startsWith(head + "HTTP/1.1 200 OK\r\n");
        assertThat(done).hasValue(2);
    }

    @ParameterizedTest
    @CsvSource({"304, 17, 'content-length: 17\r\n'", "304, -1, ''", "204, -1, ''"})
    void statusesWithoutABodyHaveNone(int status, long declaredBytes, String line) {
        ask(
                GET,
                Pace.INSTANT,
                Answer.of("ghost").head(status, "").framing(Framing.LENGTH).declaredBytes(declaredBytes));

        assertThat(sent()).isEqualTo("HTTP/1.1 " + status + " \r\n" + line + MARKS);
        assertThat(channel.isOpen()).isTrue();
    }

    @Test
    void anHttp10ClientGetsNoChunks() {
        ask("GET / HTTP/1.0\r\nconnection: keep-alive\r\n\r\n", Pace.INSTANT, Answer.of("one", "two"));

        assertThat(sent()).isEqualTo("HTTP/1.1 200 OK\r\nconnection: close\r\n" + MARKS + "onetwo");
        assertThat(channel.isOpen()).isFalse();
    }

    @Test
    void anHttp10ClientThatAsksKeepsItsConnection() {
        ask(
                "GET / HTTP/1.0\r\nconnection: keep-alive\r\n\r\n",
                Pace.INSTANT,
                Answer.of("one").framing(Framing.LENGTH));

        assertThat(sent()).contains("content-length: 3\r\nconnection: keep-alive\r\n");
        assertThat(channel.isOpen()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET / HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n", "GET / HTTP/1.0\r\n\r\n"})
    void aClientThatWantsItClosedGetsItClosed(String request) {
        ask(request, Pace.INSTANT, Answer.of("one").framing(Framing.LENGTH));

        assertThat(sent())
                .contains("content-length: 3\r\nconnection: close\r\n")
                .endsWith("one");
        assertThat(channel.isOpen()).isFalse();
        assertThat(done).hasValue(1);
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "COMPLETE")
    void aCutBodyGetsNoTerminatorAndEndsAtTheRecordedTime(Ending ending) {
        ask(GET, Pace.RECORDED, Answer.of("one", "two").ending(ending).trailers("x-sum", "6"));

        assertThat(after(30)).endsWith("6\r\nonetwo\r\n");
        assertThat(after(9)).isEmpty();
        assertThat(channel.isOpen()).isTrue();
        assertThat(after(1)).isEmpty();
        assertThat(channel.isOpen()).isFalse();
        assertThat(done).hasValue(1);
    }

    @ParameterizedTest
    @CsvSource({
        "6000, content-length: 6000",
        // The kept body can be longer than announced: it was compressed, or a placeholder is longer than its secret.
        "6, transfer-encoding: chunked",
        "-1, transfer-encoding: chunked",
    })
    void aShortBodyNeverLooksWhole(long declaredBytes, String line) {
        ask(
                GET,
                Pace.INSTANT,
                Answer.of("onetwo")
                        .framing(Framing.LENGTH)
                        .declaredBytes(declaredBytes)
                        .ending(Ending.UPSTREAM_TRUNCATED));

        assertThat(sent()).contains(line).contains("onetwo").doesNotEndWith("0\r\n\r\n");
        assertThat(channel.isOpen()).isFalse();
    }

    @ParameterizedTest
    @EnumSource(names = {"UPSTREAM_TRUNCATED", "UPSTREAM_RESET", "CLIENT_CANCELLED"})
    void withoutAHeadTheConnectionJustEnds(Ending ending) {
        ask(GET, Pace.RECORDED, Answer.of().withoutHead().ending(ending));

        after(19);
        assertThat(channel.isOpen()).isTrue();
        assertThat(after(1)).isEmpty();
        assertThat(channel.isOpen()).isFalse();
        assertThat(played.get(0).headNanos()).isEqualTo(-1);
    }

    @Test
    void aSilentUpstreamIsAnsweredForAtTheRecordedEnd() {
        ask(GET, Pace.RECORDED, Answer.of().withoutHead().ending(Ending.TIMEOUT));

        assertThat(after(19)).isEmpty();
        assertThat(after(1))
                .startsWith("HTTP/1.1 504 Own\r\n")
                .contains(MARKS + "own words for /v1/models: when this was recorded, upstream sent nothing");
        assertThat(channel.isOpen()).isTrue();
        assertThat(played).singleElement().satisfies(one -> {
            assertThat(one.status()).isEqualTo(504);
            assertThat(one.keepsConnection()).isTrue();
        });
    }

    @Test
    void whatWasPlayedSaysWhetherTheConnectionGoesOn() {
        String asked = "HEAD /v1/models HTTP/1.1\r\nhost: x\r\n\r\n" + GET;
        ask(asked, Pace.INSTANT, Answer.of("one").head(201, "").framing(Framing.CLOSE));

        assertThat(sent()).startsWith("HTTP/1.1 201 \r\n" + MARKS + "HTTP/1.1 201 \r\nconnection: close\r\n");
        assertThat(played).extracting(Played::keepsConnection).containsExactly(true, false);
        assertThat(played).extracting(Played::status).containsExactly(201, 201);
    }

    @Test
    void pipelinedRequestsAreAnsweredInTheirOrder() {
        start(
                Pace.RECORDED,
                request -> Answer.of(request.uri()).framing(Framing.LENGTH).decision());
        channel.writeInbound(Unpooled.copiedBuffer(
                "GET /a HTTP/1.1\r\nhost: x\r\n\r\nGET /b HTTP/1.1\r\nhost: x\r\n\r\n", ISO_8859_1));

        assertThat(after(30)).endsWith("\r\n\r\n/a");
        assertThat(after(9)).isEmpty();
        assertThat(after(21)).endsWith("\r\n\r\n/b");
        assertThat(done).hasValue(2);
    }

    @Test
    void aClientThatLeavesCancelsTheTimer() {
        ask(GET, Pace.RECORDED, Answer.of("one", "two"));
        after(20);

        channel.close().syncUninterruptibly();

        assertThat(channel.runScheduledPendingTasks()).isEqualTo(-1);
        assertThat(done).hasValue(1);
        assertThat(played)
                .singleElement()
                .satisfies(one -> assertThat(one.clientLeft()).isTrue());
    }

    @Test
    void aConnectionThatIsClosedAlreadyIsReportedOnce() {
        PlaybackWriter writer = new PlaybackWriter(Pace.INSTANT, PlaybackWriterTest::own, played::add);
        channel.pipeline()
                .addLast(new PlayingHandler(writer, request -> Answer.of("x").decision(), done));
        ChannelHandlerContext ctx = channel.pipeline().lastContext();
        channel.close().syncUninterruptibly();

        writer.play(
                ctx,
                new DefaultHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.GET, "/"),
                Answer.of("x").decision(),
                played -> done.incrementAndGet());

        assertThat(done).hasValue(1);
        assertThat(played).hasSize(1);
    }

    @Test
    void aHeaderThatWouldSplitTheAnswerIsRefusedWithTheRemedy() {
        ask(GET, Pace.INSTANT, Answer.of("x").head(200, "OK", "x-evil", "a\r\nset-cookie: b"));

        assertThat(sent())
                .startsWith("HTTP/1.1 500 Own\r\ncontent-type: application/json\r\n")
                .contains("x-llmsim-source: gateway", "connection: close", "own words for /v1/models: recording ")
                .contains("caf\u00c3\u00a9 1/openai-chat-3f9a12c4", "record it again")
                .doesNotContain("\r\nset-cookie");
        assertThat(channel.isOpen()).isFalse();
        assertThat(done).hasValue(1);
    }

    private void ask(String request, Pace pace, Answer answer) {
        start(pace, any -> answer.decision());
        channel.writeInbound(Unpooled.copiedBuffer(request, ISO_8859_1));
    }

    private void start(Pace pace, Function<HttpRequest, Decision.Respond> answers) {
        channel.freezeTime();
        PlaybackWriter writer = new PlaybackWriter(pace, PlaybackWriterTest::own, played::add);
        channel.pipeline()
                .addLast(new FlushCounter(), new HttpServerCodec(), new PlayingHandler(writer, answers, done));
    }

    private static Response own(HttpRequest request, int status, String message) {
        return Answer.of("own words for " + request.uri() + ": " + message)
                .head(status, "Own", "content-type", "application/json")
                .framing(Framing.LENGTH)
                .response();
    }

    private String after(int millis) {
        channel.advanceTimeBy(millis, MILLISECONDS);
        channel.runScheduledPendingTasks();
        return sent();
    }

    private String sent() {
        StringBuilder text = new StringBuilder();
        for (ByteBuf buffer = channel.readOutbound(); buffer != null; buffer = channel.readOutbound()) {
            text.append(buffer.toString(ISO_8859_1));
            buffer.release();
        }
        return text.toString();
    }

    private final class FlushCounter extends ChannelOutboundHandlerAdapter {
        @Override
        public void flush(ChannelHandlerContext ctx) {
            flushes.incrementAndGet();
            ctx.flush();
        }
    }
}
