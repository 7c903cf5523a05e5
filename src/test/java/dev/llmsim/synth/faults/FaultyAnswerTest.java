package dev.llmsim.synth.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmsim.exchange.Bytes;
import dev.llmsim.exchange.Ending;
import dev.llmsim.exchange.Frame;
import dev.llmsim.exchange.Framing;
import dev.llmsim.exchange.Headers;
import dev.llmsim.exchange.Response;
import dev.llmsim.exchange.ResponseHead;
import dev.llmsim.exchange.TimingSource;
import dev.llmsim.provider.Dialect;
import dev.llmsim.provider.framing.EventStreamMessage;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FaultyAnswerTest {
    private static final String ONE = "data: {\"a\":1}\n\n";
    private static final String TWO = "data: {\"a\":[\"é\"]}\n\n";
    private static final String DONE = "data: [DONE]\n\n";

    private static Response answer(String type, Framing framing, Bytes... parts) {
        List<Frame> frames = new ArrayList<>();
        for (Bytes part : parts) {
            frames.add(new Frame(1_000L * (frames.size() + 1), part));
        }
        return new Response(
                new ResponseHead(200, "OK", Headers.of("content-type", type)),
                framing,
                framing == Framing.LENGTH ? Frame.totalBytes(frames) : -1,
                frames,
                Headers.EMPTY,
                TimingSource.RECORDED,
                1_000,
                1_000L * parts.length,
                Ending.COMPLETE);
    }

    private static Response stream() {
        return answer(
                "text/event-stream; charset=utf-8",
                Framing.CHUNKED,
                Bytes.utf8(ONE),
                Bytes.utf8(TWO),
                Bytes.utf8(DONE));
    }

    private static Response whole(String body) {
        return answer("application/json", Framing.LENGTH, Bytes.utf8(body));
    }

    private static FaultyAnswer after(Response answer, String faults) {
        return FaultyAnswer.of(answer, Fault.parseAll(faults), Dialect.OPENAI, "/v1/chat/completions");
    }

    private static List<String> texts(Response response) {
        return response.frames().stream().map(frame -> frame.bytes().utf8()).toList();
    }

    private static List<Long> moments(Response response) {
        return response.frames().stream().map(Frame::offsetMicros).toList();
    }

    @ParameterizedTest
    @CsvSource({"cut, UPSTREAM_TRUNCATED", "reset, UPSTREAM_RESET"})
    void aCutAnswerEndsAfterSoManyFramesOrBytes(String kind, Ending ending) {
        Response byFrame = after(stream(), kind + "@frame=2").response();
        assertThat(texts(byFrame)).containsExactly(ONE, TWO);
        assertThat(byFrame.ending()).isEqualTo(ending);
        assertThat(byFrame.endMicros()).isEqualTo(2_000);

        Response byByte = after(stream(), kind + "@byte=20").response();
        assertThat(byByte.body().utf8()).isEqualTo((ONE + TWO).substring(0, 20));
        assertThat(byByte.ending()).isEqualTo(ending);

        Response atOnce = after(stream(), kind + "@frame=0").response();
        assertThat(atOnce.frames()).isEmpty();
        assertThat(atOnce.endMicros()).isEqualTo(1_000);

        assertThat(texts(after(stream(), kind + "@frame=3").response())).containsExactly(ONE, TWO, DONE);
    }

    @Test
    void aCutBodyStillAnnouncesItsWholeLength() {
        Response cut = after(whole("{\"a\":1}"), "cut@byte=3").response();
        assertThat(cut.body().utf8()).isEqualTo("{\"a");
        assertThat(cut.declaredBytes()).isEqualTo(7);
    }

    @Test
    void aFrameOfAStreamIsAnEventHoweverItLeft() {
        Response joined = answer("text/event-stream", Framing.CHUNKED, Bytes.utf8(ONE + TWO), Bytes.utf8(DONE));
        assertThat(after(joined, "cut@frame=1").response().body().utf8()).isEqualTo(ONE);
    }

    @Test
    void aStallMovesWhatComesAfterIt() {
        Response stalled = after(stream(), "stall@frame=1;for=5s").response();
        assertThat(texts(stalled)).containsExactly(ONE, TWO, DONE);
        assertThat(moments(stalled)).containsExactly(1_000L, 5_002_000L, 5_003_000L);
        assertThat(stalled.endMicros()).isEqualTo(5_003_000);
        assertThat(stalled.ending()).isEqualTo(Ending.COMPLETE);

        Response within = after(whole("abcdef"), "stall@byte=2;for=1s").response();
        assertThat(texts(within)).containsExactly("ab", "cdef");
        assertThat(moments(within)).containsExactly(1_000L, 1_001_000L);
    }

    @Test
    void aDroppedEventIsMissing() {
        assertThat(texts(after(stream(), "drop@event=2").response())).containsExactly(ONE, DONE);
        assertThat(texts(after(stream(), "drop@event=1,drop@event=1").response()))
                .containsExactly(DONE);
    }

    @Test
    void aCorruptEventIsAsLongAndUnreadable() {
        Response corrupt = after(stream(), "corrupt@event=2").response();
        assertThat(texts(corrupt)).containsExactly(ONE, "data: {\"a\":[\"é\"]\u0001\n\n", DONE);
        assertThat(corrupt.body().length()).isEqualTo(stream().body().length());

        Bytes message =
                EventStreamMessage.event("messageStop", Bytes.utf8("{\"a\":1}")).encode();
        Response binary = answer(EventStreamMessage.MEDIA_TYPE, Framing.CHUNKED, message, message);
        Response damaged = after(binary, "corrupt@event=2").response();
        assertThat(EventStreamMessage.parse(damaged.body().slice(0, message.length())))
                .isPresent();
        assertThat(EventStreamMessage.parse(damaged.body().slice(message.length(), 2 * message.length())))
                .isEmpty();
    }

    @Test
    void aSplitCodePointComesInTwoFramesAtTwoTimes() {
        int within = (ONE + TWO).indexOf('é') + 1;
        Response split = after(stream(), "split@byte=" + within).response();
        assertThat(split.body()).isEqualTo(stream().body());
        assertThat(split.frames()).hasSize(4);
        assertThat(split.frames()
                        .get(1)
                        .bytes()
                        .at(split.frames().get(1).bytes().length() - 1))
                .isEqualTo((byte) 0xc3);
        assertThat(split.frames().get(2).bytes().at(0)).isEqualTo((byte) 0xa9);
        assertThat(split.frames().get(2).offsetMicros())
                .isEqualTo(split.frames().get(1).offsetMicros() + Moments.SPLIT_MICROS);
    }

    @Test
    void aDripComesAtItsRateAtMost() {
        Response dripped = after(whole("x".repeat(100)), "drip;rate=40B/s").response();
        assertThat(dripped.body().length()).isEqualTo(100);
        assertThat(dripped.frames()).hasSize(50);
        assertThat(moments(dripped)).startsWith(51_000L, 101_000L).endsWith(2_501_000L);
        assertThat(dripped.endMicros()).isEqualTo(2_501_000);
        assertThat(after(whole("x".repeat(10_000_000)), "drip;rate=1B/s")
                        .response()
                        .frames())
                .hasSizeLessThanOrEqualTo(100_001);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "OPENAI|/v1/chat/completions|text/event-stream|data: {\"error\":{\"message\":|\"type\":\"server_error\"",
                "ANTHROPIC|/v1/messages|text/event-stream|event: error|\"type\":\"overloaded_error\"",
                "GEMINI|/v1beta/models/m:streamGenerateContent|text/event-stream|data: {\"error\":{\"code\":500|\"INTERNAL\"",
                "OLLAMA|/api/chat|application/x-ndjson|{\"error\":\"|on purpose",
                "COHERE|/v2/chat|text/event-stream|event: message-end|\"finish_reason\":\"ERROR\"",
            })
    void anErrorEventIsTheProvidersOwnAndEndsTheStream(
            Dialect dialect, String path, String type, String begin, String within) {
        String first = type.equals("text/event-stream") ? ONE : "{\"a\":1}\n";
        Response three = answer(type, Framing.CHUNKED, Bytes.utf8(first), Bytes.utf8(first), Bytes.utf8(first));
        Response failed = FaultyAnswer.of(three, Fault.parseAll("error@event=2"), dialect, path)
                .response();

        assertThat(failed.frames()).hasSize(2);
        assertThat(texts(failed).get(0)).isEqualTo(first);
        assertThat(texts(failed).get(1)).startsWith(begin).contains(within).endsWith("\n");
        assertThat(failed.ending()).isEqualTo(Ending.COMPLETE);
        assertThat(failed.endMicros()).isEqualTo(2_000);
    }

    /** Order and nesting as the real service was recorded, with an {@code insufficient_quota} within a stream; the schema is flat. */
    @Test
    void anErrorEventOfTheResponsesApiIsNestedAndTheResponseFails() {
        Bytes created = Bytes.utf8("event: response.created\ndata: {\"type\":\"response.created\",\"response\":"
                + "{\"id\":\"resp_1\",\"status\":\"in_progress\",\"error\":null},\"sequence_number\":0}\n\n");
        Response three = answer("text/event-stream", Framing.CHUNKED, created, created, created);
        Response failed = FaultyAnswer.of(three, Fault.parseAll("error@event=2"), Dialect.OPENAI, "/v1/responses")
                .response();

        assertThat(texts(failed)).hasSize(3);
        assertThat(texts(failed).get(1))
                .startsWith("event: error\ndata: {\"type\":\"error\",\"error\":{\"type\":\"server_error\",")
                .endsWith("\"param\":null},\"sequence_number\":1}\n\n");
        assertThat(texts(failed).get(2))
                .startsWith(
                        "event: response.failed\ndata: {\"type\":\"response.failed\",\"response\":{\"id\":\"resp_1\","
                                + "\"status\":\"failed\",\"error\":{\"code\":\"server_error\",")
                .endsWith("\"sequence_number\":2}\n\n");
        assertThat(failed.endMicros()).isEqualTo(2_000);
    }

    @Test
    void anErrorEventOfABinaryStreamIsAnException() {
        Bytes message =
                EventStreamMessage.event("messageStart", Bytes.utf8("{}")).encode();
        Response two = answer(EventStreamMessage.MEDIA_TYPE, Framing.CHUNKED, message, message);
        Response failed = FaultyAnswer.of(
                        two, Fault.parseAll("error@event=2"), Dialect.BEDROCK, "/model/m/converse-stream")
                .response();
        EventStreamMessage exception =
                EventStreamMessage.parse(failed.frames().get(1).bytes()).orElseThrow();
        assertThat(exception.headers().get(0).value().utf8()).isEqualTo("internalServerException");
        assertThat(exception.payload().utf8()).startsWith("{\"message\":\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"cut@frame=4", "reset@byte=1000", "drop@event=4", "split@byte=49", "stall@frame=9;for=1s"})
    void aPlaceBeyondTheEndChangesNothing(String fault) {
        Response stream = stream();
        FaultyAnswer after = after(stream, fault);
        assertThat(after.response()).isSameAs(stream);
        assertThat(after.faults()).isEmpty();
    }

    @Test
    void anAnswerThatIsNoStreamGetsNoErrorEvent() {
        assertThat(after(whole("{}"), "error@event=1").faults()).isEmpty();
    }

    @Test
    void severalTakePlaceAndThoseThatDidAreNamed() {
        FaultyAnswer after = after(stream(), "cut@frame=2,stall@frame=1;for=2s,drop@event=1,drop@event=7");
        assertThat(texts(after.response())).containsExactly(TWO, DONE);
        assertThat(moments(after.response())).containsExactly(2_000L, 2_003_000L);
        assertThat(after.response().ending()).isEqualTo(Ending.UPSTREAM_TRUNCATED);
        assertThat(after.response().head().orElseThrow().headers().all(FaultyAnswer.HEADER))
                .containsExactly("drop@event=1, stall@frame=1;for=2s, cut@frame=2");
    }
}
