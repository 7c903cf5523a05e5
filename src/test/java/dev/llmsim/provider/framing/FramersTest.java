package dev.llmsim.provider.framing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmsim.exchange.Bytes;
import dev.llmsim.exchange.Frame;
import dev.llmsim.traffic.RealTraffic;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FramersTest {
    private static final String SSE = "text/event-stream; charset=utf-8";
    private static final String LINES = "application/x-ndjson";
    private static final String MESSAGES = "application/vnd.amazon.eventstream";

    @Test
    void cutsEventsAtBlankLinesOfAnyLineEnd() {
        assertThat(texts(SSE, "data: a\n\ndata: b\r\n\r\ndata: c\r\rdata: d\r\n\ndata: e\n\r\nx"))
                .containsExactly(
                        "data: a\n\n", "data: b\r\n\r\n", "data: c\r\r", "data: d\r\n\n", "data: e\n\r\n", "x");
    }

    @Test
    void keepsCommentsEventLinesAndMultiLineDataInOneEvent() {
        String event = ": keep-alive\nevent: message\ndata: {\ndata: }\nid: 7\n\n";
        assertThat(texts(SSE, event + ": ping\n\n" + "data: [DONE]\n\n"))
                .containsExactly(event, ": ping\n\n", "data: [DONE]\n\n");
    }

    @Test
    void keepsPartialLastEventAsItsOwnFrame() {
        assertThat(texts(SSE, "data: a\n\ndata: hal")).containsExactly("data: a\n\n", "data: hal");
        assertThat(texts(SSE, "data: a\n\ndata: b\n")).containsExactly("data: a\n\n", "data: b\n");
    }

    @Test
    void keepsBlankLinesBetweenEventsAsFrames() {
        assertThat(texts(SSE, "\n\ndata: a\n\n\n")).containsExactly("\n", "\n", "data: a\n\n", "\n");
    }

    @Test
    void frameHasTheOffsetOfTheReadThatCompletedIt() {
        Framer framer = Framers.forContentType(SSE);
        List<Frame> frames = new ArrayList<>(framer.feed(Bytes.utf8("data: a\n\nda"), 10));
        frames.addAll(framer.feed(Bytes.utf8("ta: b\r\n\r"), 20));
        frames.addAll(framer.feed(Bytes.utf8("\ndata: c\r\r"), 30));
        frames.addAll(framer.feed(Bytes.utf8("data: d"), 40));
        frames.addAll(framer.finish());
        assertThat(frames)
                .containsExactly(
                        new Frame(10, Bytes.utf8("data: a\n\n")),
                        new Frame(30, Bytes.utf8("data: b\r\n\r\n")),
                        new Frame(30, Bytes.utf8("data: c\r\r")),
                        new Frame(40, Bytes.utf8("data: d")));
    }

    @Test
    void everySplitInTwoGivesTheSameEvents() {
        String body = ": é\r\nevent: x\rdata: 😀\n\rdata: y\r\n\r\n\r\rdata: z\n\n\r\ndata: €\r";
        Bytes bytes = Bytes.utf8(body);
        List<Bytes> whole = cut(SSE, List.of(bytes));
        for (int first = 0; first <= bytes.length(); first++) {
            for (int second = first; second <= bytes.length(); second++) {
                assertThat(cut(
                                SSE,
                                List.of(
                                        bytes.slice(0, first),
                                        bytes.slice(first, second),
                                        bytes.slice(second, bytes.length()))))
                        .as("cut at %d and %d", first, second)
                        .isEqualTo(whole);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"text/event-stream", "application/vnd.amazon.eventstream"})
    void everySplitOfEveryRealBodyGivesTheSameFrames(String mediaType) {
        List<Bytes> bodies = RealTraffic.bodies(mediaType);
        assertThat(bodies).isNotEmpty();
        Random random = new Random(7);
        for (Bytes body : bodies) {
            List<Bytes> whole = cut(mediaType, List.of(body));
            assertThat(Bytes.concat(whole)).isEqualTo(body);
            assertThat(cut(mediaType, singleBytes(body))).isEqualTo(whole);
            for (int at = 0; at <= body.length(); at += 1 + body.length() / 400) {
                assertThat(cut(mediaType, List.of(body.slice(0, at), body.slice(at, body.length()))))
                        .isEqualTo(whole);
            }
            for (int round = 0; round < 20; round++) {
                assertThat(cut(mediaType, randomSplit(body, random))).isEqualTo(whole);
            }
        }
    }

    @Test
    void realEventsAreOneBlankLineEach() {
        for (Bytes body : RealTraffic.bodies("text/event-stream")) {
            long blankLines = body.utf8().replace("\r\n", "\n").split("\n\n", -1).length - 1L;
            assertThat(cut(SSE, List.of(body))).hasSize((int) blankLines);
        }
    }

    @Test
    void realMessagesParseAndEncodeToThemselves() {
        for (Bytes body : RealTraffic.bodies(MESSAGES)) {
            for (Bytes frame : cut(MESSAGES, List.of(body))) {
                EventStreamMessage message = EventStreamMessage.parse(frame).orElseThrow();
                assertThat(message.encode()).isEqualTo(frame);
                assertThat(message.text(":message-type")).contains("event");
                assertThat(message.payload().utf8()).startsWith("{").endsWith("}");
            }
        }
    }

    @Test
    void messageWithAnotherPayloadHasRightLengthsAndChecksums() {
        Bytes frame =
                cut(MESSAGES, List.of(RealTraffic.bodies(MESSAGES).get(0))).get(0);
        EventStreamMessage message = EventStreamMessage.parse(frame).orElseThrow();
        Bytes longer = Bytes.utf8("{\"text\":\"" + "x".repeat(300) + "\"}");
        Bytes encoded = message.withPayload(longer).encode();
        assertThat(EventStreamMessage.parse(encoded)).contains(message.withPayload(longer));
        assertThat(cut(MESSAGES, List.of(encoded, frame))).containsExactly(encoded, frame);
    }

    @Test
    void damagedMessageIsNotParsed() {
        Bytes frame =
                cut(MESSAGES, List.of(RealTraffic.bodies(MESSAGES).get(0))).get(0);
        for (int at = 0; at < frame.length(); at++) {
            byte[] damaged = frame.toArray();
            damaged[at] ^= 0x10;
            assertThat(EventStreamMessage.parse(Bytes.wrap(damaged))).isEmpty();
        }
    }

    @Test
    void impossibleMessageLengthFallsBackToReads() {
        Bytes message =
                cut(MESSAGES, List.of(RealTraffic.bodies(MESSAGES).get(0))).get(0);
        Bytes rubbish = Bytes.utf8("HTTP error page, not a message");
        assertThat(cut(MESSAGES, List.of(message, rubbish.slice(0, 5), rubbish.slice(5, 20), rubbish.slice(20, 30))))
                .containsExactly(message, rubbish.slice(0, 20), rubbish.slice(20, 30));
    }

    @Test
    void cutsLinesAtLineFeeds() {
        for (String type : List.of("application/x-ndjson", "application/jsonl", "Application/NDJSON; charset=utf-8")) {
            assertThat(texts(type, "{\"a\":1}\n{\"b\":\"x\\ry\"}\r\n\n{\"c\""))
                    .containsExactly("{\"a\":1}\n", "{\"b\":\"x\\ry\"}\r\n", "\n", "{\"c\"");
        }
        Bytes body = Bytes.utf8("{\"a\":\"é\"}\n{\"b\":2}\r\n{");
        assertThat(cut(LINES, singleBytes(body))).isEqualTo(cut(LINES, List.of(body)));
    }

    @Test
    void otherBodiesAreOneFrameForEachReadThatHasBytes() {
        Bytes body = Bytes.utf8("{\"a\":1}\n\n{}");
        for (String type : List.of("", "application/json", "audio/mpeg")) {
            assertThat(cut(type, List.of(body.slice(0, 3), Bytes.EMPTY, body.slice(3, 11))))
                    .containsExactly(body.slice(0, 3), body.slice(3, 11));
        }
    }

    @Test
    void readsEachByteOnceAlsoInAStreamWithoutBlankLines() {
        int bytes = 2_000_000;
        byte[] endless = "data: never a blank line ".repeat(bytes / 25).getBytes(StandardCharsets.UTF_8);
        for (String type : List.of(SSE, LINES)) {
            List<Bytes> frames = cut(type, singleBytes(Bytes.wrap(endless)));
            assertThat(frames).containsExactly(Bytes.wrap(endless));
        }
    }

    private static List<String> texts(String contentType, String body) {
        return cut(contentType, List.of(Bytes.utf8(body))).stream()
                .map(Bytes::utf8)
                .toList();
    }

    private static List<Bytes> cut(String contentType, List<Bytes> reads) {
        Framer framer = Framers.forContentType(contentType);
        List<Frame> frames = new ArrayList<>();
        for (int i = 0; i < reads.size(); i++) {
            frames.addAll(framer.feed(reads.get(i), i));
        }
        List<Frame> rest = framer.finish();
        assertThat(rest).hasSizeLessThanOrEqualTo(1);
        frames.addAll(rest);
        return frames.stream().map(Frame::bytes).toList();
    }

    private static List<Bytes> singleBytes(Bytes body) {
        return IntStream.range(0, body.length())
                .mapToObj(i -> body.slice(i, i + 1))
                .toList();
    }

    private static List<Bytes> randomSplit(Bytes body, Random random) {
        TreeSet<Integer> cuts = new TreeSet<>(List.of(0, body.length()));
        for (int i = 0; i < 1 + random.nextInt(50); i++) {
            cuts.add(random.nextInt(body.length()));
        }
        List<Bytes> parts = new ArrayList<>();
        for (Integer at : cuts) {
            Integer next = cuts.higher(at);
            if (next != null) {
                parts.add(body.slice(at, next));
            }
        }
        return parts;
    }
}
