package dev.llmsim.recorder;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.llmsim.cassette.redaction.Redactor;
import dev.llmsim.exchange.Bytes;
import dev.llmsim.exchange.Ending;
import dev.llmsim.exchange.Frame;
import dev.llmsim.exchange.Framing;
import dev.llmsim.exchange.Headers;
import dev.llmsim.exchange.RawExchange;
import dev.llmsim.exchange.Request;
import dev.llmsim.exchange.Response;
import dev.llmsim.exchange.ResponseHead;
import dev.llmsim.exchange.TimingSource;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;

class DevelopmentTest {
    private static final String KEY = "sk-proj-Q7xT2mVb9LpR4wZs8NcY1dHf6KjG3aEu";

    private final Development development = new Development(new Redactor());

    @Test
    void aClientThatLeftAfterTheLastEventHadACompleteAnswer() {
        assertThat(endingOfCancelled("data: {}\n\n", "data: [DONE]\n\n")).isEqualTo(Ending.COMPLETE);
        assertThat(endingOfCancelled("data: {}\n\n", "data: [DO")).isEqualTo(Ending.CLIENT_CANCELLED);
    }

    private Ending endingOfCancelled(String... events) {
        List<Frame> reads = new ArrayList<>();
        for (String event : events) {
            reads.add(new Frame(1000L * (reads.size() + 1), Bytes.utf8(event)));
        }
        Response whole = response(Headers.of("Content-Type", "text/event-stream"), reads);
        Response left = new Response(
                whole.headOrNull(),
                Framing.CHUNKED,
                -1,
                reads,
                Headers.EMPTY,
                TimingSource.RECORDED,
                whole.headMicros(),
                9000,
                Ending.CLIENT_CANCELLED);
        Response developed = development.develop(exchange("POST", left)).response();
        assertThat(Development.decoded(left).ending()).isEqualTo(developed.ending());
        return developed.ending();
    }

    @Test
    void compressedStreamBecomesEventsWithTheirArrivalAndWithoutSecrets() throws IOException {
        List<Frame> reads = gzipReads(
                "data: one\n\ndata: t", "wo " + KEY.substring(0, 9), KEY.substring(9) + "\n\n", "data: [DONE]\n\n");
        Developed developed = development.develop(exchange(
                "POST",
                response(
                        Headers.of(
                                "Content-Type",
                                "text/event-stream",
                                "Content-Encoding",
                                "gzip",
                                "Vary",
                                "a",
                                "Vary",
                                "b"),
                        reads)));
        assertThat(developed.response().frames())
                .containsExactly(
                        new Frame(1000, Bytes.utf8("data: one\n\n")),
                        new Frame(3000, Bytes.utf8("data: two {{secret:credential#1}}\n\n")),
                        new Frame(4000, Bytes.utf8("data: [DONE]\n\n")));
        assertThat(developed.response().head().orElseThrow().headers())
                .isEqualTo(Headers.of("Content-Type", "text/event-stream", "Vary", "a", "Vary", "b"));
        assertThat(developed.request().headers()).isEqualTo(Headers.of("content-type", "application/json"));
        assertThat(developed.redacted()).isTrue();
        assertThat(developed.remarks()).isEmpty();
        assertThat(developed.withId("x").redacted()).isTrue();
    }

    @Test
    void dropsHeadersOfTheConnectionOfFramingAndOfSecretsAndKeepsAllOthersInOrder() {
        Headers headers = Headers.of(
                "Connection",
                "keep-alive, X-Hop",
                "Keep-Alive",
                "timeout=5",
                "X-Hop",
                "1",
                "Transfer-Encoding",
                "chunked",
                "Trailer",
                "x-t",
                "Content-Length",
                "2",
                "Set-Cookie",
                "a=b",
                "set-cookie",
                "c=d",
                "X-Request-Id",
                "req_1",
                "x-ratelimit-limit-requests",
                "10",
                "Date",
                "today",
                "date",
                "tomorrow");
        Response response = response(headers, List.of(new Frame(1, Bytes.utf8("{}"))));
        Developed developed = development.develop(exchange("POST", response));
        assertThat(developed.response().head().orElseThrow().headers())
                .isEqualTo(Headers.of(
                        "X-Request-Id",
                        "req_1",
                        "x-ratelimit-limit-requests",
                        "10",
                        "Date",
                        "today",
                        "date",
                        "tomorrow"));
        assertThat(developed.redacted()).isFalse();
    }

    @Test
    void undecodableAnswerIsNotKeptAndSaysSo() {
        List<Frame> reads = List.of(new Frame(1, Bytes.utf8("data: not\n\n")), new Frame(2, Bytes.utf8("coded")));
        Developed developed = development.develop(exchange(
                "POST", response(Headers.of("content-type", "text/event-stream", "content-encoding", "zstd"), reads)));
        assertThat(developed.response().frames()).isEmpty();
        assertThat(developed.response().head().orElseThrow().headers())
                .isEqualTo(Headers.of("content-type", "text/event-stream"));
        assertThat(developed.remarks())
                .singleElement()
                .asString()
                .contains("content-encoding zstd")
                .endsWith("what could not be searched for secrets is not kept");
    }

    @Test
    void brokenAnswerKeepsWhatCameBeforeWithoutSecrets() throws IOException {
        List<Frame> reads = new ArrayList<>(
                gzipReads("data: " + KEY + "\n\n", "data: two\n\n").subList(0, 2));
        reads.add(new Frame(3000, Bytes.wrap(new byte[] {-1, -1, -1, -1})));
        RawExchange raw = exchange(
                "POST", response(Headers.of("content-type", "text/event-stream", "content-encoding", "gzip"), reads));
        Developed developed = development.develop(raw);
        assertThat(developed.response().frames())
                .containsExactly(
                        new Frame(1000, Bytes.utf8("data: {{secret:credential#1}}\n\n")),
                        new Frame(2000, Bytes.utf8("data: two\n\n")));
        assertThat(developed.response().ending()).isEqualTo(Ending.COMPLETE);
        assertThat(developed.remarks()).singleElement().asString().endsWith(" decoded bytes before it");
        assertThat(Development.undecodable(raw)).contains(developed.remarks().get(0));
    }

    @Test
    void anAnswerThatIsCompleteButWhoseCodingHasNoEndIsNotWhatWasSent() throws IOException {
        Headers coded = Headers.of("content-type", "text/event-stream", "content-encoding", "gzip");
        List<Frame> cut = gzipReads("data: one\n\n", "data: two\n\n").subList(0, 2);
        RawExchange raw = exchange("POST", response(coded, cut));
        assertThat(development.develop(raw).response().body().utf8()).isEqualTo("data: one\n\ndata: two\n\n");
        assertThat(Development.undecodable(raw).orElseThrow()).contains("its coded body has no end");
        assertThat(Development.decoded(raw.response())).isEqualTo(raw.response());
        List<Frame> ended = gzipReads("data: one\n\n", "data: [DONE]\n\n").subList(0, 2);
        assertThat(Development.undecodable(exchange("POST", response(coded, ended))))
                .isEmpty();
    }

    @Test
    void aCodingThatHasNoNameIsNotQuoted() {
        Developed developed = development.develop(exchange(
                "POST", response(Headers.of("content-encoding", KEY), List.of(new Frame(1, Bytes.utf8("x"))))));
        assertThat(developed.remarks())
                .singleElement()
                .asString()
                .contains("unknown coding")
                .doesNotContain("Q7xT2m");
    }

    @Test
    void compressedAnswerThatWasCutShortKeepsWhatHadArrived() throws IOException {
        List<Frame> reads = gzipReads("data: one\n\n", "data: two\n\n").subList(0, 2);
        Response cut = new Response(
                new ResponseHead(
                        200, "OK", Headers.of("content-type", "text/event-stream", "content-encoding", "gzip")),
                Framing.LENGTH,
                500,
                reads,
                Headers.EMPTY,
                TimingSource.RECORDED,
                1,
                9,
                Ending.UPSTREAM_RESET);
        Developed developed = development.develop(exchange("POST", cut));
        assertThat(developed.response().body().utf8()).isEqualTo("data: one\n\ndata: two\n\n");
        assertThat(developed.response().declaredBytes()).isEqualTo(-1);
        assertThat(developed.response().ending()).isEqualTo(Ending.UPSTREAM_RESET);
        assertThat(developed.remarks()).singleElement().asString().contains("cut short");
    }

    @Test
    void declaredLengthBelongsToTheBodyThatIsKept() {
        assertThat(declared("POST", 200, Framing.LENGTH, "12345", Ending.COMPLETE, 5))
                .isEqualTo(5);
        assertThat(declared("POST", 200, Framing.CHUNKED, "12345", Ending.COMPLETE, -1))
                .isEqualTo(-1);
        assertThat(declared("POST", 200, Framing.LENGTH, "123", Ending.UPSTREAM_TRUNCATED, 5))
                .isEqualTo(5);
        assertThat(declared("POST", 200, Framing.LENGTH, "123", Ending.CLIENT_CANCELLED, 5))
                .isEqualTo(5);
        assertThat(declared("POST", 200, Framing.LENGTH, "", Ending.UPSTREAM_RESET, 5))
                .isEqualTo(5);
        assertThat(declared("POST", 200, Framing.CHUNKED, "123", Ending.UPSTREAM_RESET, -1))
                .isEqualTo(-1);
        assertThat(declared("HEAD", 200, Framing.LENGTH, "", Ending.COMPLETE, 777))
                .isEqualTo(777);
        assertThat(declared("GET", 304, Framing.LENGTH, "", Ending.COMPLETE, 777))
                .isEqualTo(777);
        assertThat(declared("GET", 204, Framing.LENGTH, "", Ending.COMPLETE, -1))
                .isEqualTo(-1);
    }

    @Test
    void exchangeThatFailedBeforeAHeadStaysWithoutOne() {
        Response none = new Response(
                null, Framing.CLOSE, -1, List.of(), Headers.EMPTY, TimingSource.RECORDED, 0, 40, Ending.UPSTREAM_RESET);
        assertThat(development.develop(exchange("POST", none)).response()).isEqualTo(none);
    }

    private long declared(String method, int status, Framing framing, String body, Ending ending, long declaredBytes) {
        List<Frame> frames = body.isEmpty() ? List.of() : List.of(new Frame(1, Bytes.utf8(body)));
        Response wire = new Response(
                new ResponseHead(status, "", Headers.EMPTY),
                framing,
                declaredBytes,
                frames,
                Headers.EMPTY,
                TimingSource.RECORDED,
                1,
                2,
                ending);
        return development.develop(exchange(method, wire)).response().declaredBytes();
    }

    private static RawExchange exchange(String method, Response response) {
        Headers headers = Headers.of(
                "Host", "x", "Authorization", "Bearer " + KEY, "content-type", "application/json", "User-Agent", "u");
        return new RawExchange(new Request("openai", method, "/v1/x", headers, Bytes.utf8("{}")), response);
    }

    private static Response response(Headers headers, List<Frame> reads) {
        return new Response(
                new ResponseHead(200, "OK", headers),
                Framing.CHUNKED,
                -1,
                reads,
                Headers.EMPTY,
                TimingSource.RECORDED,
                10,
                5000,
                Ending.COMPLETE);
    }

    private static List<Frame> gzipReads(String... parts) throws IOException {
        List<Frame> reads = new ArrayList<>();
        ByteArrayOutputStream wire = new ByteArrayOutputStream();
        try (OutputStream gzip = new GZIPOutputStream(wire, 512, true)) {
            for (String part : parts) {
                gzip.write(part.getBytes(UTF_8));
                gzip.flush();
                reads.add(new Frame(1000L * (reads.size() + 1), Bytes.wrap(wire.toByteArray())));
                wire.reset();
            }
        }
        reads.add(new Frame(9000, Bytes.wrap(wire.toByteArray())));
        return reads;
    }
}
